using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>Judges one proof: a request that its caller signed for the service.</summary>
internal static class LeaseGrant
{
    // An unknown key takes the same path and time as a wrong signature.
    private static readonly byte[] DummyKey = new byte[32];

    public static LeaseAnswer For(LeaseProof proof, string service, string region, Scene scene)
    {
        try
        {
            return Grant(proof, service, region, scene);
        }
        catch (ApiException refusal)
        {
            return LeaseAnswer.Refusal(refusal);
        }
    }

    private static LeaseAnswer Grant(LeaseProof proof, string service, string region, Scene scene)
    {
        if (!proof.IsFor(service, region, scene.RealTime))
            throw Errors.SignatureDoesNotMatch();
        var credential = proof.Shown.Find(scene);
        var signingKey = credential is null ? DummyKey : scene.SigningKeys.Get(credential, proof.Date, region, service);
        var matches = proof.IsSignedWith(signingKey);
        if (credential is null)
            throw proof.SessionToken is null ? Errors.UnknownKey() : Errors.InvalidToken();
        if (credential.Ended is { } ended)
            throw ended;
        if (!matches)
            throw Errors.SignatureDoesNotMatch();
        return LeaseAnswer.To(credential.Candidate, new LeaseScope(proof.AccessKeyId, service, region, proof.Date, signingKey), proof.KnownVersion, scene);
    }
}
