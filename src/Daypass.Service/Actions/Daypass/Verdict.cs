using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Actions.Daypass;

/// <summary>One request's verdict: valid, with the caller's lease or "unchanged"; or why not, with AWS's code.</summary>
/// <param name="Account">Whose caller it was who proved it; null for a refusal. Not a member of the response.</param>
internal sealed record Verdict(string Status, string? Lease, string? Code, string? Message, AccountId? Account = null) : IShape
{
    // An unknown key takes the same path and time as a wrong signature.
    private const string DummySecret = "nobody's secret, of the usual length....";

    /// <summary>The answer where nobody can be asked whether the key exists.</summary>
    public static Verdict Undecided { get; } = Refusal(Errors.StoreAway());

    /// <summary>The answer of a service that was refused too often to be told why.</summary>
    public static Verdict Unexplained { get; } = Refusal(Errors.Throttling());

    /// <summary>Whether it is a refusal for want of a key, session or principal.</summary>
    public bool RestsOnAbsence { get; private init; }

    public bool IsRefusal => Status == LeaseProtocol.Refused;

    public static Verdict On(RequestProof proof, string service, string region, Scene scene)
    {
        try
        {
            return Judge(proof, service, region, scene);
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

    private static Verdict Refusal(ApiException refusal) =>
        new(LeaseProtocol.Refused, null, refusal.Error.Code, refusal.Error.Message) { RestsOnAbsence = refusal.Error.RestsOnAbsence };

    private static Verdict Judge(RequestProof proof, string service, string region, Scene scene)
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
        var (caller, version) = (credential.Candidate, LeaseBuilder.VersionOf(credential.Candidate, scene));
        return proof.KnownVersion == version
            ? new Verdict(LeaseProtocol.Unchanged, null, null, null, caller.Account)
            : new Verdict(LeaseProtocol.Granted, LeaseBuilder.Build(new LeaseScope(proof.AccessKeyId, service, region), version, caller, scene).Serialize(), null, null, caller.Account);
    }
}
