using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Audit.Tracing;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Preview;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Stores;

namespace Daypass.Service.Pipeline;

/// <summary>What an action may look at. Everything in it is of one moment and does not change while the action runs.</summary>
internal sealed record Scene
{
    public required Caller Caller { get; init; }

    /// <summary>Policy time: real time plus the installation's offset.</summary>
    public required DateTimeOffset Now { get; init; }

    public required InstallationDirectory Installation { get; init; }

    /// <summary>The caller's account, as it was when the caller was proven.</summary>
    public AccountDirectory Home => Caller.Home;

    /// <summary>The accounts that the action asked for with <c>Needs</c>; those that do not exist are missing.</summary>
    public required IReadOnlyDictionary<AccountId, AccountDirectory> Accounts { get; init; }

    /// <summary>Random bytes and ids.</summary>
    public required IEntropy Entropy { get; init; }

    /// <summary>Seals session tokens and stored secrets.</summary>
    public required Vault Vault { get; init; }

    /// <summary>The second factor that the caller has shown with this call, proven; null when it showed none.</summary>
    public MfaProof? Mfa { get; init; }

    public required ApiRequest Request { get; init; }

    /// <summary>What the action's <c>Search</c> found; null when it sought nothing, or went on from a page that there never was.</summary>
    public AuditPage? Trail { get; init; }

    /// <summary>What the action's <c>Fetch</c> asked for of the sealed trail.</summary>
    public ArchiveView? Archive { get; init; }

    /// <summary>How trails are sealed, and the keys that sign them.</summary>
    public TrailFacts TrailFacts { get; init; } = TrailFacts.None;

    /// <summary>Where the event that the action <c>Traces</c> came from; null when it traced nothing, or there is no such event.</summary>
    public EventChain? Chain { get; init; }

    /// <summary>What the issuer that the action's <c>AsksIssuer</c> named has for keys; null when it named none.</summary>
    public IssuerAnswer? IssuerAnswer { get; init; }

    /// <summary>The installation's nodes, for an action that says <c>LooksAtNodes</c>.</summary>
    public NodesSeen? Nodes { get; init; }

    /// <summary>The mark that the action's <c>LastUsedOf</c> asked for; null when there is none.</summary>
    public LastUsed? LastUsed { get; init; }

    /// <summary>What the action's <c>SightingsOf</c> asked for, in the order of subject and certificate; empty when it asked for nothing.</summary>
    public IReadOnlyList<Sighting> Sightings { get; init; } = [];

    public AccountDirectory? Find(AccountId account) => account == Home.Account ? Home : Accounts.GetValueOrDefault(account);

    /// <summary>The feed's sequence up to which the revocations are known on which everything here rests.</summary>
    public long RevocationsSeen => Installation.Documents.Position.Sequence;

    /// <summary>Derives signing keys; leases hand them out.</summary>
    public required SigningKeyCache SigningKeys { get; init; }

    /// <summary>Real time, which signatures are dated in.</summary>
    public required DateTimeOffset RealTime { get; init; }

    public required ServiceSettings Settings { get; init; }

    /// <summary>Starts a list of changes to what belongs to the whole installation.</summary>
    public Changes ChangeInstallation() => new(Installation.Documents);

    /// <summary>Starts a list of changes to the caller's account.</summary>
    public Changes Change() => new(Home.Documents);

    /// <summary>Whole seconds of <see cref="Now"/>, as entities and sessions are dated.</summary>
    public DateTimeOffset NowInSeconds => DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds());
}

/// <summary>Chance as an argument: the operating system's generator in the server, a seeded one in tests.</summary>
internal interface IEntropy
{
    void Fill(Span<byte> bytes);
}
