using System.Net;
using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Guessing;
using Daypass.Service.Keys;
using Daypass.Service.Mfa;
using Daypass.Service.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Provisioning;
using Daypass.Service.Stores;
using Daypass.Service.Usage;
using Daypass.Service.Tests.Audit;
using Daypass.Signing;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Support;

/// <summary>The whole pipeline over a store in memory, with a journal, a shipper and signed requests; one account with its administrator.</summary>
internal sealed class PipelineBench : IAsyncDisposable
{
    public static readonly AccountId Account = AccountId.Of(123456789012);
    private const string AdminKey = "ADMINKEYEXAMPLE1";
    private const string AdminSecret = "adminSecretEXAMPLE";
    private static readonly ActionCatalog Catalog = new();
    private readonly JournalFolder _folder = new();
    private static int _nodes;
    private readonly IEntropy _entropy;
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly DirectoryCache _directories;
    private readonly AuditJournal _journal;
    private readonly AuditShipper _shipper;
    private readonly Task _shipping;
    private readonly RequestPipeline _pipeline;
    private Task _following = Task.CompletedTask;
    private IPAddress _source = IPAddress.Loopback;

    /// <summary>A node over a store that others may use, too.</summary>
    public PipelineBench(DirectoryCache directories, Vault vault, MemoryStore store, IEntropy entropy, ThrottleOptions limits, TimeProvider throttling, TimeProvider time, ServiceSettings? settings = null, IDocumentFetcher? fetcher = null, ILdapConnector? ldap = null)
    {
        (_directories, Store, Vault, _entropy, _time) = (directories, store, vault, entropy, time);
        _journal = _folder.Open();
        var shipper = _shipper = new AuditShipper(_journal, store, time);
        _shipping = Task.Run(() => shipper.RunAsync(_stop.Token), CancellationToken.None);
        var keys = new SigningKeyCache();
        var tries = new TryClaims(directories, entropy, throttling);
        var issuers = new IssuerKeys(fetcher ?? new NoIssuers(), time);
        var authenticators = new Authenticators(
            new SignatureAuthenticator(directories, vault, keys, time, null), new WebIdentityAuthenticator(directories, issuers, vault, time, (settings ?? new ServiceSettings()).PublicUrl),
            new SamlAuthenticator(directories, vault, time, () => settings?.Brand.SignInUrl(settings.PublicUrl())), new CertificateAuthenticator(directories, time, null),
            new LdapAuthenticator(directories, vault, new LdapSignIn(ldap ?? new NoDirectories(), new PasswordTries(tries, throttling), time, (_, _) => { }), time, $"arn:aws:iam::{Account}:ldap-provider/corp"));
        _pipeline = new RequestPipeline(
            directories, authenticators, new SecondFactors(new MfaAttempts(tries, throttling)), _journal, new TrailReader(shipper, store, () => _journal.Node, time), new NoArchive(),
            new NodeRegistry(store, new NodeReporter(store, _journal, shipper, () => directories.AppliedSequence, "bench", "0", time), time), new LastUsedMarks(store), Subjects = new SubjectRegister(store, time), issuers, Refusals,
            new Throttle(limits, throttling), vault, keys, settings ?? new ServiceSettings(), _entropy, time, (_, failure) => Failures.Add(failure));
        Provisioner = new AccountProvisioner(directories, _entropy, time);
    }

    /// <summary>The administrator's key.</summary>
    public (string Id, string Secret, string? Token) Admin => (AdminKey, AdminSecret, null);

    public MemoryStore Store { get; }

    public Vault Vault { get; }

    public AccountProvisioner Provisioner { get; }

    /// <summary>What went wrong inside.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>What was refused before a caller was proven.</summary>
    public RefusalSummary Refusals { get; } = new();

    /// <summary>The certificates that came, as this node has noted them.</summary>
    public SubjectRegister Subjects { get; }

    /// <summary>What this node has in memory.</summary>
    public DirectoryCache Directories => _directories;

    /// <param name="limits">The rates; the server's own unless a test has others.</param>
    /// <param name="throttling">The clock of the rates: a test can step in between the proof of a caller and what follows.</param>
    /// <param name="store">The store; one for this node alone unless a test has another.</param>
    /// <param name="time">All other clocks.</param>
    /// <param name="settings">What an operator can set; the defaults unless a test has others.</param>
    public static async Task<PipelineBench> StartAsync(ThrottleOptions? limits = null, TimeProvider? throttling = null, MemoryStore? store = null, TimeProvider? time = null, ServiceSettings? settings = null, IDocumentFetcher? fetcher = null, ILdapConnector? ldap = null)
    {
        var bench = await JoinAsync(store ?? new MemoryStore { IsExclusive = true }, limits, throttling, time, settings: settings, fetcher: fetcher, ldap: ldap);
        var created = DateTimeOffset.UnixEpoch;
        var user = new User { Name = "admin", Path = "/", Id = "AIDAEXAMPLE", Created = created, Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"] };
        await bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{Account}", Name = "First", Email = "a@example.com", Created = created });
        await bench.PutAsync(SetId.Installation, DocumentKinds.ForeignKey, new ForeignKey(AdminKey, $"{Account}"));
        await bench.PutAsync(SetId.Of(Account), DocumentKinds.User, user);
        var secret = bench.Vault.SealSecret(AdminSecret, Account, user.Id, AdminKey, bench._entropy);
        await bench.PutAsync(SetId.Of(Account), DocumentKinds.AccessKey, new AccessKey { Id = AdminKey, UserId = user.Id, Created = created, SealedSecret = secret });
        return bench;
    }

    /// <summary>Another node over a store that holds the account already.</summary>
    public static async Task<PipelineBench> JoinAsync(
        MemoryStore store, ThrottleOptions? limits = null, TimeProvider? throttling = null, TimeProvider? time = null, DirectoryOptions? options = null, ServiceSettings? settings = null, IDocumentFetcher? fetcher = null, ILdapConnector? ldap = null)
    {
        var directories = new DirectoryCache(store, time ?? TimeProvider.System, options);
        await directories.StartAsync(default);
        var rings = new Rings(Ring(SessionTokenCodec.Purpose), Ring(Vault.SecretsPurpose), signing: ActionBench.SigningPairs.Value);
        var vault = new Vault(() => rings);
        return new PipelineBench(directories, vault, store, new SeededEntropy(Interlocked.Increment(ref _nodes)), limits ?? new ThrottleOptions(), throttling ?? TimeProvider.System, time ?? TimeProvider.System, settings, fetcher, ldap);
    }

    /// <summary>From here on the node follows the feed by itself, as a server does.</summary>
    public PipelineBench Following()
    {
        _following = Task.Run(() => _directories.RunAsync(_stop.Token), CancellationToken.None);
        return this;
    }

    public async Task PutAsync<T>(SetId set, DocumentKind<T> kind, T value)
        where T : class =>
        await _directories.CommitAsync(new Commit { Id = Identifiers.Uuid(_entropy), Set = set, Puts = [new Put(kind.KeyOf(value), kind.Write(value))] }, default);

    /// <summary>The account as this node has it now.</summary>
    public async Task<AccountDirectory> HomeAsync() => (await _directories.GetAsync(Account, default))!;

    /// <summary>From here on calls come from somewhere else.</summary>
    public PipelineBench FromAnotherSource() => From("203.0.113.9");

    /// <summary>From here on calls come from there.</summary>
    public PipelineBench From(string source)
    {
        _source = IPAddress.Parse(source);
        return this;
    }

    /// <summary>Every record of the trail so far.</summary>
    public async Task<IReadOnlyList<JsonNode>> TrailAsync()
    {
        await _shipper.DrainAsync(default);
        return [.. Store.Trail.Select(found => JsonNode.Parse(found.Record.Span)!)];
    }

    /// <summary>A call signed with the administrator's key.</summary>
    public Task<ApiAnswer> CallAsync(string action, params (string Name, string Value)[] parameters) =>
        CallAsync(Admin, action, parameters);

    /// <summary>A call signed with these credentials.</summary>
    public async Task<ApiAnswer> CallAsync((string Id, string Secret, string? Token) key, string action, params (string Name, string Value)[] parameters)
    {
        var api = Catalog.All.Single(api => api.Name == action);
        var uri = new Uri("http://daypass.example.com/");
        var headers = SigV4Signer.SignHeaders(
            "POST", uri, [], SigV4.PayloadHash([]), key.Id, key.Secret, key.Token, "us-east-1", api.Service.Name, _time.GetUtcNow());
        return await _pipeline.HandleAsync(new ApiRequest
        {
            RequestId = Identifiers.Uuid(_entropy),
            Action = api,
            Parameters = new Parameters([.. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]),
            Signable = new SignableRequest("POST", "/", new Headers([KeyValuePair.Create("Host", uri.Host), .. headers])),
            Body = default,
            SourceIp = _source,
            IsSecure = true,
        }, default);
    }

    /// <summary>A call in its wire form, for signatures of another kind; headers hold the signature, and parameters are what a dialect would have read.</summary>
    public async Task<ApiAnswer> SendAsync(string action, string target, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body, IEnumerable<(string Name, string Value)> parameters) => await _pipeline.HandleAsync(new ApiRequest
    {
        RequestId = Identifiers.Uuid(_entropy),
        Action = Catalog.All.Single(api => api.Name == action),
        Parameters = new Parameters([.. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]),
        Signable = new SignableRequest("POST", target, new Headers(headers)),
        Body = body,
        SourceIp = _source,
        IsSecure = true,
    }, default);

    /// <summary>A call in the uproject dialect, as a form: parameters under its own names.</summary>
    public Task<ApiAnswer> CallUprojectAsync((string Id, string Secret, string? Token) key, string action, params IEnumerable<(string Name, string Value)> parameters)
    {
        List<(string Name, string Value)> all = [("Action", action), ("PublicKey", key.Id), .. parameters];
        if (key.Token is { } token)
            all.Add(("SecurityToken", token));
        var form = string.Join('&', all.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        var unsigned = UprojectRequest.TryRead(form, null, [], out var error) ?? throw new ArgumentException(error!.Message, nameof(parameters));
        return SendUprojectAsync(UprojectRequest.TryRead($"{form}&Signature={UprojectSignature.Sign(unsigned.CanonicalText, key.Secret)}", null, [], out _)!);
    }

    /// <summary>A request of the uproject dialect as it is.</summary>
    public async Task<ApiAnswer> SendUprojectAsync(UprojectRequest request) => await _pipeline.HandleAsync(new ApiRequest
    {
        RequestId = Identifiers.Uuid(_entropy),
        Action = Catalog.Uproject.Find(request.Action!)!,
        Parameters = UprojectParameters.Of(request),
        Signable = new SignableRequest("POST", "/uproject", new Headers([KeyValuePair.Create("Host", "daypass.example.com")])),
        Uproject = request,
        Body = default,
        SourceIp = _source,
        IsSecure = true,
    }, default);

    /// <summary>What else an unsigned request has, as its connection and headers say.</summary>
    public Func<ApiRequest, ApiRequest> Sent { get; set; } = request => request;

    /// <summary>A call that nobody signed.</summary>
    public async Task<ApiAnswer> CallUnsignedAsync(string action, params IEnumerable<(string Name, string Value)> parameters) => await _pipeline.HandleAsync(Sent(new ApiRequest
    {
        RequestId = Identifiers.Uuid(_entropy),
        Action = Catalog.All.Single(api => api.Name == action),
        Parameters = new Parameters([.. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]),
        Signable = new SignableRequest("POST", "/", new Headers([KeyValuePair.Create("Host", "daypass.example.com")])),
        Body = default,
        SourceIp = _source,
        IsSecure = true,
    }), default);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _shipping;
        await _following.ContinueWith(_ => { }, TaskScheduler.Default);
        await _journal.DisposeAsync();
        _directories.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    private static KeyRing Ring(string purpose) => new(purpose, [new SealingKey(1, [.. Enumerable.Repeat((byte)7, 32)], SealingKeyState.Active)]);

    private sealed class NoIssuers : IDocumentFetcher
    {
        public Task<byte[]> GetAsync(Uri address, ServerTrust trust, CancellationToken cancellationToken) => throw new FetchException(FetchFault.Unreachable, "there is no issuer");
    }

    private sealed class NoDirectories : ILdapConnector
    {
        public Task<ILdapConnection> ConnectAsync(LdapServer server, CancellationToken cancellationToken) => throw new FetchException(FetchFault.Unreachable, "there is no directory");
    }

    private sealed class Headers(IReadOnlyList<KeyValuePair<string, string>> lines) : IRequestHeaders
    {
        public IEnumerable<string> Names => lines.Select(line => line.Key);

        public int Count(string name) => lines.Count(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

        public string? Get(string name, int index) => lines.Where(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value).ElementAtOrDefault(index);

        public bool Contains(string name) => Get(name, 0) is not null;
    }
}
