using System.Net;
using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Stores;
using Daypass.Signing;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Support;

/// <summary>
/// Actions without a server: accounts in memory, the pipeline's steps Read, Ask, Run and Commit, a clock that stands still and chance
/// that repeats itself. It starts with one account and its administrator, <c>admin</c>, who calls until <see cref="As"/> says otherwise.
/// </summary>
internal sealed class ActionBench
{
    public const string Admin = "admin";
    public static readonly AccountId HomeAccount = AccountId.Of(123456789012);
    private static readonly ActionCatalog Catalog = new();
    private readonly Dictionary<AccountId, AccountDirectory> _accounts = [];
    private Documents _installation = Documents.Empty(SetId.Installation, new FeedPosition("test", 0));
    private readonly SeededEntropy _entropy = new();
    private readonly SigningKeyCache _signingKeys = new();
    private readonly SecondFactors _secondFactors = new(new MfaAttempts(new ClaimedTries(), TimeProvider.System));
    private readonly HashSet<string> _claims = [];
    private Func<Caller> _caller;
    private long _sequence;

    public ActionBench()
    {
        var rings = new Rings(Ring(SessionTokenCodec.Purpose, 1), Ring(Vault.SecretsPurpose, 2), signing: SigningPairs.Value);
        Vault = new Vault(() => rings);
        AddAccount(HomeAccount);
        _caller = () => CallerOf(Admin);
    }

    /// <summary>Policy time.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Real time, where it is not policy time.</summary>
    public DateTimeOffset? RealTime { get; set; }

    /// <summary>Who calls.</summary>
    public Caller Caller => _caller();

    /// <summary>What the last call that a test began has asked for.</summary>
    public IReadOnlyList<Permission> Asked { get; private set; } = [];

    public Vault Vault { get; }

    public ServiceSettings Settings { get; set; } = new();

    /// <summary>What a search of the trail finds; nothing, unless a test says otherwise.</summary>
    public Func<AuditQuery, AuditPage?> Trail { get; set; } = _ => new AuditPage([], null);

    /// <summary>The nodes of the installation; none, unless a test says otherwise.</summary>
    public Func<NodesSeen> Nodes { get; set; } = () => new NodesSeen(new NodeList(default, []), 0);

    /// <summary>What belongs to no account, as it is now.</summary>
    public InstallationDirectory Installation => new(_installation);

    /// <summary>The account of <see cref="Admin"/>, as it is now.</summary>
    public AccountDirectory Home => _accounts[HomeAccount];

    /// <summary>An account that has a single user, its administrator.</summary>
    public void AddAccount(AccountId account)
    {
        _accounts[account] = new AccountDirectory(account, Documents.Empty(SetId.Of(account), new FeedPosition("test", 0)));
        Apply(new Changes(_installation).Put(DocumentKinds.Account, new Account { Id = account.ToString(), Name = "test", Email = "test@example.com", Created = Now }));
        Put(DocumentKinds.Settings, new AccountSettings { Created = Now }, account);
        Put(DocumentKinds.User, NewUser(Admin) with { Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"] }, account);
    }

    /// <summary>Puts a document where it belongs, past all actions.</summary>
    public void Put<T>(DocumentKind<T> kind, T value, AccountId? account = null)
        where T : class
    {
        Apply(new Changes(_accounts[account ?? HomeAccount].Documents).Put(kind, value));
    }

    /// <summary>Puts a document into what belongs to no account, past all actions.</summary>
    public void PutInstallation<T>(DocumentKind<T> kind, T value)
        where T : class => Apply(new Changes(_installation).Put(kind, value));

    /// <summary>From here on this user calls, as it is at each call.</summary>
    public ActionBench As(string userName, AccountId? account = null)
    {
        _caller = () => CallerOf(userName, account);
        return this;
    }

    /// <summary>From here on a caller calls that a test has made itself.</summary>
    public ActionBench As(Func<AccountDirectory, Caller> caller)
    {
        _caller = () => caller(Home);
        return this;
    }

    /// <summary>From here on a session of this role calls.</summary>
    public ActionBench AsRole(string roleName, string session = "session") => As(home => Callers.OfSession(home, "ASIAQEXAMPLEEXAMPLE2", new SessionClaims
    {
        Kind = SessionKind.AssumedRole,
        Account = home.Account,
        PrincipalId = home.FindRole(roleName)!.Id,
        SessionName = session,
        SecretAccessKey = "EXAMPLE",
        IssuedAt = Now,
        ExpiresAt = Now.AddHours(1),
    })!);

    /// <summary>Makes a user whose only policy allows these actions on this resource, and who calls from here on.</summary>
    public ActionBench AsHolderOf(string action, string resource = "*", string? condition = null)
    {
        var statement = $$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"{{(condition is null ? "" : ",\"Condition\":" + condition)}}}""";
        Put(DocumentKinds.User, NewUser("holder") with { Inline = [new InlinePolicy("only", $$"""{"Version":"2012-10-17","Statement":{{statement}}}""")] });
        return As("holder");
    }

    /// <summary>From here on the holder of these issued credentials calls.</summary>
    public ActionBench AsSession(JsonNode credentials)
    {
        _caller = () => CallerOf(credentials);
        return this;
    }

    /// <summary>Who holds these issued credentials now.</summary>
    public Caller CallerOf(JsonNode credentials)
    {
        var id = credentials["AccessKeyId"]!.GetValue<string>();
        var session = Vault.OpenSession(credentials["SessionToken"]!.GetValue<string>(), id)!;
        return Callers.OfSession(_accounts[session.Account], id, session)!;
    }

    /// <summary>Calls an action to its end and returns its response.</summary>
    /// <exception cref="ApiException">It was refused, or rests on something that changed meanwhile (ConcurrentModification).</exception>
    public JsonNode Call(string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var call = Begin(action, parameters);
        return call.TryCommit() ? call.Response : throw Errors.ConcurrentModification();
    }

    /// <summary>Calls an action of the uproject dialect to its end. Lists are named as actions read them (<c>PolicyURNs.member.1</c>).</summary>
    public JsonNode CallUcs(string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var call = Begin(Catalog.Uproject.Find(action)!, parameters);
        return call.TryCommit() ? call.Response : throw Errors.ConcurrentModification();
    }

    /// <summary>The refusal that a call of the uproject dialect ends with.</summary>
    public ApiError RefusalUcs(string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        try
        {
            Begin(Catalog.Uproject.Find(action)!, parameters).TryCommit();
        }
        catch (ApiException refusal)
        {
            return refusal.Error;
        }
        throw new Xunit.Sdk.XunitException($"{action} was not refused.");
    }

    /// <summary>The refusal that a call ends with.</summary>
    public ApiError Refusal(string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        try
        {
            Begin(action, parameters).TryCommit();
        }
        catch (ApiException refusal)
        {
            return refusal.Error;
        }
        throw new Xunit.Sdk.XunitException($"{action} was not refused.");
    }

    /// <summary>What a call would look at, once its parameters are read.</summary>
    public Scene Look(string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var api = Catalog.All.Single(api => api.Name == action);
        var wire = new Parameters([.. parameters.ToArray().Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
        api.Bind(wire);
        return SceneOf(_caller(), api, wire, []);
    }

    /// <summary>Runs an action without committing it, so that a test can put another call in between.</summary>
    public BegunCall Begin(string action, params ReadOnlySpan<(string Name, string Value)> parameters) =>
        Begin(Catalog.All.Single(api => api.Name == action), parameters);

    /// <summary>The same for any API.</summary>
    public BegunCall Begin(ApiAction api, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var wire = new Parameters([.. parameters.ToArray().Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]) { Syntax = Settings.Brand.Syntax };
        var caller = _caller();
        CallerRules.Check(caller, api);
        var call = api.Bind(wire);
        if (wire.Violations.Count > 0)
            throw Errors.Validation(wire.Violations);
        var scene = SceneOf(caller, api, wire, call.Needs(Installation, _accounts[caller.Account], Vault));
        if (call.SecondFactor is { } shown)
            scene = scene with { Mfa = _secondFactors.ProveAsync(shown, scene).AsTask().GetAwaiter().GetResult() };
        var question = call.Ask(scene);
        Asked = question.Permissions;
        Authorizer.Require(scene, question);
        if (call.Search(scene) is { } query)
            scene = scene with { Trail = Trail(query) };
        if (api.LooksAtNodes)
            scene = scene with { Nodes = Nodes() };
        var (response, changes) = call.Run(scene);
        if (scene.Mfa is { } proof)
            changes = proof.SpendIn(changes, scene);
        return new BegunCall(Shown.Of(response), [.. call.ResourcesOf(scene)], changes, () => changes is null || TryApply(changes));
    }

    private Scene SceneOf(Caller caller, ApiAction action, Parameters wire, IEnumerable<AccountId> needs) => new()
    {
        Caller = caller,
        Now = Now,
        Installation = Installation,
        RealTime = RealTime ?? Now,
        Settings = Settings,
        SigningKeys = _signingKeys,
        Accounts = needs.Where(_accounts.ContainsKey).Distinct().ToDictionary(account => account, account => _accounts[account]),
        Entropy = _entropy,
        Vault = Vault,
        Request = new ApiRequest
        {
            RequestId = "00000000-0000-4000-8000-000000000000",
            Action = action,
            Parameters = wire,
            Signable = new SignableRequest("POST", "/", NoHeaders.Instance),
            Body = default,
            SourceIp = IPAddress.Parse("192.0.2.7"),
            IsSecure = true,
        },
    };

    private Caller CallerOf(string userName, AccountId? account = null)
    {
        var home = _accounts[account ?? HomeAccount];
        var user = home.FindUser(userName)!;
        var key = new AccessKey { Id = "AKIAQEXAMPLEEXAMPLE2", UserId = user.Id, Created = Now, SealedSecret = [] };
        return Callers.OfUser(home, new KeyHolder(home.Account, key, user, home.Documents));
    }

    private User NewUser(string name) => new() { Name = name, Path = "/", Id = Identifiers.Unique(UniqueId.User, _entropy), Created = Now };

    private bool TryApply(Changes changes)
    {
        if (changes.Reads.Any(read => DocumentsOf(changes.Set).RevisionOf(read.Key) != read.Revision))
            return false;
        if (changes.Claims.Any(claim => !_claims.Add($"{changes.Set}/{claim.Value}")))
            throw changes.WhenClaimed!;
        Apply(changes);
        return true;
    }

    private void Apply(Changes changes)
    {
        var position = new FeedPosition("test", ++_sequence);
        var puts = changes.Puts.Select(put => new Document(put.Key, position.Sequence, put.Body));
        var documents = DocumentsOf(changes.Set).Apply(new Change(position, changes.Set, [.. puts], changes.Deletes));
        if (AccountId.TryParse(changes.Set.Value, out var account))
            _accounts[account] = new AccountDirectory(account, documents);
        else
            _installation = documents;
    }

    private Documents DocumentsOf(SetId set) => AccountId.TryParse(set.Value, out var account) ? _accounts[account].Documents : _installation;

    // One of each for all tests: making one takes long.
    internal static readonly Lazy<IReadOnlyDictionary<string, SigningKey[]>> SigningPairs = new(() => KeyPurposes.Signing.ToDictionary(
        purpose => purpose,
        purpose => new[]
        {
            new SigningKey(
                new StoredKey { Purpose = purpose, Id = 3, State = nameof(SealingKeyState.Active), Created = DateTimeOffset.UnixEpoch, SealedKey = [] },
                KeyPair.Read(purpose, KeyPair.Make(purpose).Private)!),
        }));

    private static KeyRing Ring(string purpose, byte seed) =>
        new(purpose, [new SealingKey(1, Enumerable.Repeat(seed, 32).ToArray(), SealingKeyState.Active)]);
}
