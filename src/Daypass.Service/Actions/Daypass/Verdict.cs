using Daypass.Names;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Actions.Daypass;

/// <summary>Judges one request of the uproject dialect.</summary>
internal static class Verdict
{
    // An unknown key takes the same path and time as a wrong signature.
    private const string DummySecret = "nobody's secret, of the usual length....";

    public static LeaseAnswer On(RequestProof proof, string service, string region, Scene scene)
    {
        try
        {
            return Judge(proof, service, region, scene);
        }
        catch (ApiException refusal)
        {
            return LeaseAnswer.Refusal(refusal);
        }
    }

    private static LeaseAnswer Judge(RequestProof proof, string service, string region, Scene scene)
    {
        if (OwnCalls.MayBeIn(proof.Text))
            throw Errors.InvalidInput("The request can be read as a call of Daypass's own API, and no service may take part in those.");
        if (!proof.IsOfItsKey())
            throw Errors.SignatureDoesNotMatch();
        var credential = proof.Shown.Find(scene);
        var matches = UprojectSignature.Matches(proof.Text, credential?.Secret() ?? DummySecret, proof.Signature);
        if (credential is null)
            throw proof.SessionToken is not null || AccessKeyId.IsTemporary(proof.AccessKeyId) ? Errors.InvalidToken() : Errors.UnknownKey();
        if (credential.Ended is { } ended)
            throw ended;
        if (!matches)
            throw Errors.SignatureDoesNotMatch();
        return LeaseAnswer.To(credential.Candidate, new LeaseScope(proof.AccessKeyId, service, region), proof.KnownVersion, scene);
    }
}
