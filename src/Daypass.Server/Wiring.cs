using Daypass.Server.Dialects;
using Daypass.Server.Federation;
using Daypass.Server.Federation.Ldap;
using Daypass.Server.Health;
using Daypass.Server.Jobs;
using Daypass.Server.OAuth;
using System.Diagnostics.Metrics;
using Daypass.Server.Setup;
using Daypass.Server.SignIn;
using Daypass.Server.Telemetry;
using Daypass.Server.WebIdentity;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Guessing;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Keys;
using Daypass.Service.Mfa;
using Daypass.Service.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Provisioning;
using Daypass.Service.Revocations;
using Daypass.Service.Stores;
using Daypass.Service.Usage;
using Daypass.Storage.Sqlite;

namespace Daypass.Server;

/// <summary>The composition root: opens the store, makes or opens the keys, and puts the parts together, by hand and in order.</summary>
internal sealed class Wiring : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly DirectoryCache _directories;
    private readonly AuditJournal _journal;
    private readonly AuditShipper _shipper;
    private readonly JobRunner _jobs;
    private readonly JobRunner _shipping;
    private readonly NodeReporter _reporter;
    private readonly Meter _meter;

    private Wiring(IStore store, DirectoryCache directories, AuditJournal journal, AuditShipper shipper, JobRunner jobs, JobRunner shipping, NodeReporter reporter, Meter meter)
    {
        _store = store;
        _directories = directories;
        _journal = journal;
        _shipper = shipper;
        _jobs = jobs;
        _shipping = shipping;
        _reporter = reporter;
        _meter = meter;
    }

    /// <summary>The data directory of a node over a shared store; a store of its own holds the folder itself.</summary>
    private DataDirectory? Folder { get; init; }

    public required ApiEndpoint Api { get; init; }

    public required WebIdentityEndpoint WebIdentity { get; init; }

    public required FederationEndpoint Federation { get; init; }

    public required SamlEndpoint Saml { get; init; }

    public required TokenEndpoint Tokens { get; init; }

    public required PublicAddress Address { get; init; }

    public required Brand Brand { get; init; }

    public required HealthEndpoint Health { get; init; }

    public required MetricsEndpoint Metrics { get; init; }

    private OtlpExport? Otlp { get; init; }

    /// <summary>What the first start made; null on every later one.</summary>
    public Bootstrap.Made? Made { get; private init; }

    public InstallationDirectory Installation => _directories.Installation;

    /// <exception cref="StartException">The server cannot start; the message says why.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened; the message says why.</exception>
    public static async Task<Wiring> OpenAsync(ServerOptions options, BootstrapVariables bootstrap, ILogger logger, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var entropy = new ServerEntropy();
        var started = time.GetUtcNow();
        var meter = new Meter(Spans.SourceName);
        var calls = new StoreMetrics(meter, time, logger);
        var folder = options.Store is null ? null : DataDirectory.Claim(Path.GetFullPath(options.DataDirectory));
        var store = new MeasuredStore(await StoreOpening.OpenAsync(options, time, cancellationToken), calls);
        var directories = new DirectoryCache(store, time, new DirectoryOptions { MaxStaleness = TimeSpan.FromSeconds(options.MaxStaleness), MemoryBudget = (long)options.DirectoryMemory << 20 });
        await directories.StartAsync(cancellationToken);
        if (directories.Installation.Moved is { } moved)
            throw new StartException($"This store was moved to {moved.To} on {moved.At:yyyy-MM-dd HH:mm} UTC: start on that one. To go back to this one after all: ./run store reopen.");

        var keys = await new KeyRings(directories, options, entropy, time).OpenAsync(sentence => Log.Notice(logger, sentence), cancellationToken);
        var vault = keys.Vault;
        var made = await new Bootstrap(directories, vault, entropy, time, options.DataDirectory, options.CompanyAccounts).RunAsync(bootstrap, options.Store is null || options.Init, cancellationToken);

        var journal = AuditJournal.Open(Path.Combine(options.DataDirectory, "journal"), new AuditJournalOptions { ReserveBytes = (long)options.DiskReserve << 20 });
        foreach (var part in journal.SetAside)
            Log.Notice(logger, $"A part of the audit journal could not be read and was set aside as {part}.");
        var shipper = new AuditShipper(journal, store, time);
        var (address, brand) = (new PublicAddress(options), BrandSettings.Of(options));
        var refusals = new RefusalSummary();
        var (usage, subjects) = (new LastUsedMarks(store), new SubjectRegister(store, time));
        var catalog = new ActionCatalog();
        var throttle = new Throttle(
            new ThrottleOptions { RefusalsPerSource = options.RefusalsPerSource, CallsPerAccount = options.CallsPerAccount, WritesPerAccount = options.WritesPerAccount, LookupsPerAccount = options.LookupsPerAccount, EventsPerService = options.EventsPerService }, time);
        var reporter = new NodeReporter(store, journal, shipper, () => directories.AppliedSequence, NodeName.Of(options.Urls), HealthEndpoint.Version, time);
        var trail = new TrailReader(shipper, store, () => journal.Node, time);
        var seals = TrailSeals.Make(options, store, directories, keys.Signing, trail, entropy, time);
        var pipeline = Pipeline(options, address, brand, directories, vault, journal, trail, seals.Archive, new NodeRegistry(store, reporter, time), usage, subjects, refusals, throttle, entropy, time, logger);
        var provisioning = new ProvisioningJob(directories, new AccountProvisioner(directories, entropy, time), time, failure => Log.JobFailed(logger, nameof(ProvisioningJob), failure));
        var rotation = new KeyJob(directories, keys.Keeper, new SecretResealer(store, directories, vault, entropy, sentence => Log.Notice(logger, sentence)), entropy, time);
        var jobs = new JobRunner(
            [
                new FeedJob(directories), new RefusalSummaryJob(refusals, journal, directories, entropy, time), new AccountProvisioning(provisioning), new LastUsedJob(usage, subjects, time),
                new KeyRotating(rotation), new TroubleWatch(directories, journal, shipper, vault.Master, logger, time), new NodeReporting(reporter),
                new TrailSealing(seals.Job),
                new TrailRetaining(new TrailRetention(store, directories, options.TrailRetention, entropy, time), time),
                new RevocationPurging(new RevocationPurge(directories, entropy, time)),
            ],
            logger, time);
        var shipping = new JobRunner([new AuditShipping(shipper)], logger, time);
        // Before anything can be answered: lookups wait for the nodes that they know of.
        await reporter.RegisterAsync(cancellationToken);
        shipping.Start();
        jobs.Start();
        var requests = new RequestMetrics(meter, catalog);
        Metric[] metrics = [.. requests.All, .. calls.All, .. NodeMetrics.All(directories, journal, shipper, time), .. ProcessMetrics.All(started)];
        return new Wiring(store, directories, journal, shipper, jobs, shipping, reporter, meter)
        {
            Api = new ApiEndpoint([new AwsJson(catalog), new Uproject(catalog.Uproject, options.Uproject, brand.Syntax), new AwsRestJson(catalog), new AwsQuery(catalog)], pipeline, throttle, entropy, requests, time, logger),
            WebIdentity = new WebIdentityEndpoint(address, keys.Keeper, options.JwksMaxAge),
            Federation = new FederationEndpoint(pipeline, throttle, entropy, requests, time, logger),
            Saml = SamlEndpoint.Make(pipeline, directories, vault, address, brand, catalog, throttle, entropy, requests, time, logger),
            Tokens = new TokenEndpoint(new TokenExchange(pipeline, catalog, requests, time, () => directories.Installation.ClockOffset), address, throttle, entropy, requests, time, logger),
            Address = address,
            Brand = brand,
            Health = new HealthEndpoint(directories, journal, shipper, keys.Keeper, calls, options, time),
            Metrics = new MetricsEndpoint(options, metrics, [requests.Durations, calls.Durations]),
            Otlp = OtlpExport.Start(options, Environment.GetEnvironmentVariable, meter, metrics, journal.Node),
            Made = made,
            Folder = folder,
        };
    }

    private static RequestPipeline Pipeline(
        ServerOptions options, PublicAddress address, Brand brand, DirectoryCache directories, Vault vault, AuditJournal journal, ITrailReader trail, ITrailArchive archive, INodeRegistry nodes, LastUsedMarks usage, SubjectRegister subjects, RefusalSummary refusals, Throttle throttle,
        IEntropy entropy, TimeProvider time, ILogger logger)
    {
        var signingKeys = new SigningKeyCache();
        var authenticator = new SignatureAuthenticator(directories, vault, signingKeys, time, options.Region);
        var issuers = new IssuerKeys(new HttpDocumentFetcher(options.FederationNetworks), time, new IssuerKeyOptions { FreshFor = TimeSpan.FromSeconds(options.ProviderKeysFreshFor) }, (issuer, failure) => Log.IssuerFailed(logger, issuer, failure.Fault, failure.Message));
        var tries = new TryClaims(directories, entropy, time);
        var signIn = new LdapSignIn(new LdapConnector(new PublicSockets(options.FederationNetworks)), new PasswordTries(tries, time), time, (provider, failure) => Log.DirectoryFailed(logger, provider, failure.Fault, failure.Message));
        var ldap = new LdapAuthenticator(directories, vault, signIn, time, options.LdapProvider);
        var authenticators = new Authenticators(authenticator, new WebIdentityAuthenticator(directories, issuers, vault, time, () => address.Current), new SamlAuthenticator(directories, vault, time, () => brand.SignInUrl(address.Current)), new CertificateAuthenticator(directories, time, options.Region), ldap);
        var settings = new ServiceSettings
        {
            LeaseFreshFor = options.LeaseFreshFor, LeaseValidFor = options.LeaseValidFor, IsClockMovable = options.MovableClock, HasPlainDenials = options.PlainDenials, HasCompanyAccounts = options.CompanyAccounts, RepeatsAssertions = options.RepeatAssertions,
            FederationNetworks = options.FederationNetworks, JwksMaxAge = options.JwksMaxAge, PublicUrl = () => address.Current, Brand = brand,
        };
        return new RequestPipeline(
            directories, authenticators, new SecondFactors(new MfaAttempts(tries, time)), journal, trail, archive, nodes, usage, subjects, issuers, refusals, throttle, vault, signingKeys, settings, entropy, time,
            (request, failure) =>
            {
                if (failure is DamagedPolicyException)
                    Log.DamagedPolicy(logger, failure.Message);
                else
                    Log.RequestFailed(logger, request.Action.Name, request.RequestId, failure);
            });
    }

    /// <summary>What answers at a path: the API, wherever nothing else does.</summary>
    public RequestDelegate FindEndpoint(PathString path) =>
        path.StartsWithSegments("/health") ? Health.HandleAsync
        : WebIdentityEndpoint.Owns(path) ? WebIdentity.HandleAsync
        : TokenEndpoint.Owns(path) ? Tokens.HandleAsync
        : FederationEndpoint.Owns(path) ? Branded(Federation.HandleAsync)
        : SamlEndpoint.Owns(path) ? Branded(Saml.HandleAsync)
        : Api.HandleAsync;

    // The pages that people see say whose they are.
    private RequestDelegate Branded(RequestDelegate endpoint) => context =>
    {
        context.Features.Set(Brand);
        return endpoint(context);
    };

    /// <summary>Says where the server listens, which is known only when it does.</summary>
    public void ListensOn(IEnumerable<string> addresses)
    {
        Uri[] urls = [.. addresses.Select(address => new Uri(address))];
        _reporter.Name = NodeName.Of(urls);
        Address.ListensOn(urls);
    }

    /// <summary>
    /// In the order that loses nothing: the jobs write their last, the journal empties into the store while the shipper runs, the node leaves
    /// the registry, all close.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _jobs.DisposeAsync();
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5)))
        {
            try
            {
                await _shipper.DrainAsync(patience.Token);
                await _reporter.LeaveAsync(patience.Token);
            }
            catch (Exception failure) when (failure is OperationCanceledException or StoreUnavailableException)
            {
                // What the store did not take in time stays in the journal and is shipped by the next start.
            }
        }
        await _shipping.DisposeAsync();
        // While there is still something to read.
        Otlp?.Dispose();
        await _journal.DisposeAsync();
        await _store.DisposeAsync();
        _directories.Dispose();
        Folder?.Dispose();
        _meter.Dispose();
    }
}
