using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>What a service is answered for one of its callers: a lease, or that the one it has is still good, or a refusal with AWS's code.</summary>
/// <param name="Account">Whose caller it was who proved it; null for a refusal. Not a member of the response.</param>
internal sealed record LeaseAnswer(string Status, string? Lease, string? Code, string? Message, AccountId? Account = null) : IShape
{
    /// <summary>The answer where nobody can be asked whether the key exists.</summary>
    public static LeaseAnswer Undecided { get; } = Refusal(Errors.StoreAway());

    /// <summary>The answer of a service that was refused too often to be told why.</summary>
    public static LeaseAnswer Unexplained { get; } = Refusal(Errors.Throttling());

    /// <summary>Whether it is a refusal for want of a key, session or principal.</summary>
    public bool RestsOnAbsence { get; private init; }

    public bool IsRefusal => Status == LeaseProtocol.Refused;

    /// <summary>For a caller who is proven.</summary>
    /// <param name="caller">Who it is.</param>
    /// <param name="scope">What the lease is for.</param>
    /// <param name="known">The version that the service holds already, if it does.</param>
    /// <param name="scene">What is known.</param>
    public static LeaseAnswer To(Caller caller, in LeaseScope scope, string? known, Scene scene)
    {
        var version = LeaseBuilder.VersionOf(caller, scene);
        return known == version
            ? new LeaseAnswer(LeaseProtocol.Unchanged, null, null, null, caller.Account)
            : new LeaseAnswer(LeaseProtocol.Granted, LeaseBuilder.Build(scope, version, caller, scene).Serialize(), null, null, caller.Account);
    }

    public static LeaseAnswer Refusal(ApiException refusal) =>
        new(LeaseProtocol.Refused, null, refusal.Error.Code, refusal.Error.Message) { RestsOnAbsence = refusal.Error.RestsOnAbsence };

    public void Write(ShapeWriter writer)
    {
        writer.Text("Status", Status);
        writer.Secret("Lease", Lease);
        writer.Text("Code", Code);
        writer.Text("Message", Message);
    }
}
