using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>One proof's answer: a lease, "unchanged", or a refusal with AWS's code.</summary>
/// <param name="Account">Whose caller it was who proved it; null for a refusal. Not a member of the response.</param>
internal sealed record LeaseGrant(string Status, string? Lease, string? Code, string? Message, AccountId? Account = null) : IShape
{
    // An unknown key takes the same path and time as a wrong signature.
    private static readonly byte[] DummyKey = new byte[32];

    /// <summary>The answer where nobody can be asked whether the key exists.</summary>
    public static LeaseGrant Undecided { get; } = Refusal(Errors.StoreAway());

    /// <summary>Whether it is a refusal for want of a key, session or principal.</summary>
    public bool RestsOnAbsence { get; private init; }

    public static LeaseGrant For(LeaseProof proof, string service, string region, Scene scene)
    {
        try
        {
            return Grant(proof, service, region, scene);
        }
        catch (ApiException refusal)
        {
            return Refusal(refusal);
        }
    }

    public void Write(ShapeWriter writer)
    {
        writer.Text("Status", Status);
        writer.Secret("Lease", Lease);
        writer.Text("Code", Code);
        writer.Text("Message", Message);
    }

    private static LeaseGrant Refusal(ApiException refusal) =>
        new(LeaseProtocol.Refused, null, refusal.Error.Code, refusal.Error.Message) { RestsOnAbsence = refusal.Error.RestsOnAbsence };

    private static LeaseGrant Grant(LeaseProof proof, string service, string region, Scene scene)
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
        var version = LeaseBuilder.VersionOf(credential.Candidate, scene);
        return proof.KnownVersion == version
            ? new LeaseGrant(LeaseProtocol.Unchanged, null, null, null, credential.Candidate.Account)
            : new LeaseGrant(LeaseProtocol.Granted, LeaseBuilder.Build(new LeaseScope(proof.AccessKeyId, service, region, proof.Date, signingKey), version, credential.Candidate, scene).Serialize(), null, null, credential.Candidate.Account);
    }
}
