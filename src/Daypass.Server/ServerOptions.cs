using System.Net;

namespace Daypass.Server;

/// <summary>Every setting of the server: what it means, its default, its limits. Read from the command line by <see cref="Setup.OptionsReader"/>.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where to listen, separated by semicolons. Plain http only on loopback, unless <see cref="BehindProxy"/> is set. Port 0 takes a free one.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [new("http://127.0.0.1:8450")];

    /// <summary>Where the store, the journal and the first administrator's keys are. Made if it is not there.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>
    /// The connection string of a PostgreSQL database that this node shares with others, or <c>@FILE</c> for a file that holds it, so that no
    /// password stands on a command line. Unset: a SQLite database in the data directory, for this node alone.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>Prepares an empty shared database: schema, key ring, first account. Without it an empty one is refused. Harmless on one that is prepared.</summary>
    public bool Init { get; init; }

    /// <summary>
    /// How long this node goes on issuing and leasing on what it has in memory while the store is away, in seconds: 1 to 86400, default 900.
    /// </summary>
    public int MaxStaleness { get; init; } = 900;

    /// <summary>How much memory the accounts may take that this node holds, in MB: 16 to 1048576, default 1024. The least recently used go first.</summary>
    public int DirectoryMemory { get; init; } = 1024;

    /// <summary>
    /// The file with the master key: 32 bytes in base64, mode 0400, never inside the data directory, so that a copy of the data alone opens
    /// nothing. Unset: beside the data directory, its name with <c>.master.key</c> behind it. Made on the first start.
    /// </summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>Lets an administrator of the first account move policy time forward. Loopback only. Default: off.</summary>
    public bool MovableClock { get; init; }

    /// <summary>Networks (CIDR) of reverse proxies whose forwarded headers are believed. Unset: none are.</summary>
    public IReadOnlyList<IPNetwork> BehindProxy { get; init; } = [];

    /// <summary>PEM file with the certificate (and its chain) for https addresses. Read again when it changes.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the certificate's private key. Unset: it is in the certificate file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The only region accepted in signing scopes. Unset: any, because clients of custom endpoints sign with their own.</summary>
    public string? Region { get; init; }

    /// <summary>Connections at a time; more wait for the operating system. Default 10000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>How long protected services may use a lease without asking again, in milliseconds: 500 to 4000, default 3500.</summary>
    public int LeaseFreshFor { get; init; } = 3500;

    /// <summary>
    /// How long a lease serves while no node can be reached, in milliseconds: 5000 to 3600000, default 300000. Longer survives longer outages;
    /// shorter ends sooner what was revoked during one.
    /// </summary>
    public int LeaseValidFor { get; init; } = 300_000;

    /// <summary>
    /// Leaves the encoded authorization message out of AccessDenied refusals, and the key for it out of leases, so that protected services leave
    /// it out, too. For clients and logs that cannot bear messages of 6,900 to 10,400 characters; then nobody can look up why. Default: off.
    /// </summary>
    public bool PlainDenials { get; init; }

    /// <summary>
    /// Gives new accounts numbers below 2^32 (nine or ten digits; in ARNs with zeros in front), which clients of uproject may have no room beyond. For
    /// installations that such clients use. Default: off, twelve digits as AWS's.
    /// </summary>
    public bool CompanyAccounts { get; init; }

    /// <summary>
    /// Takes a SAML assertion for the same role more than once within its five minutes, as AWS does. Default: off; whoever reads an assertion on its
    /// way gets nothing by it.
    /// </summary>
    public bool RepeatAssertions { get; init; }

    /// <summary>
    /// The https address that others reach this installation by, the same on every node and for ever: issuers of web identity tokens are named by
    /// it. Never taken from a request. Unset: the first of <see cref="Urls"/> if all are on loopback and no proxy is named, else none, and no web
    /// identity token is issued and nobody can sign in.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>What sign-in pages and authenticators call the product: 1 to 64 characters without control characters and colons. Default Daypass.</summary>
    public string ProductName { get; init; } = "Daypass";

    /// <summary>
    /// The host where people sign in, such as <c>signin.example.com</c>, with its port if that is not 443; it must lead to this server over https.
    /// Unset: that of <see cref="PublicUrl"/>.
    /// </summary>
    public string? SignInHost { get; init; }

    /// <summary>
    /// The first word of names in the uproject dialect: 1 to 32 lower-case letters, digits and hyphens, not <c>arn</c>. May be changed: what was
    /// written with another one keeps it, and its meaning. Default ucs.
    /// </summary>
    public string UrnPrefix { get; init; } = Names.Urn.DefaultPrefix;

    /// <summary>
    /// How long verifiers of web identity tokens may keep the public keys that they fetched, in seconds: 1 to 86400, default 600. A new key is
    /// published twice as long before it signs.
    /// </summary>
    public int JwksMaxAge { get; init; } = 600;

    /// <summary>How often the trail is sealed, in minutes: what is newer is not protected against change yet. 1 to 1440, default 60.</summary>
    public int DigestInterval { get; init; } = 60;

    /// <summary>
    /// The bucket that digests name as their place, which is part of what they sign: exported there, stock clients can validate them. Default
    /// daypass-trail.
    /// </summary>
    public string TrailBucket { get; init; } = "daypass-trail";

    /// <summary>Refusals a second and source before a proven caller; above it the source is turned away at once. 0: no limit. Default 50.</summary>
    public double RefusalsPerSource { get; init; } = 50;

    /// <summary>Calls a second and account. 0: no limit (default).</summary>
    public double CallsPerAccount { get; init; }

    /// <summary>Writes a second and account. 0: no limit. Default 500.</summary>
    public double WritesPerAccount { get; init; } = 500;

    /// <summary>Data events a second that one protected service may report; of long ones each KiB counts. 0: no limit. Default 1000.</summary>
    public double EventsPerService { get; init; } = 1000;

    /// <summary>
    /// Networks (CIDR) where identity providers may be called although they are not public: of your own company's. Unset: none are, so that nobody
    /// who may register a provider can make the server call its own machine or network.
    /// </summary>
    public IReadOnlyList<IPNetwork> FederationNetworks { get; init; } = [];

    /// <summary>
    /// The ARN of the LDAP provider that serves AssumeRoleWithLDAPIdentity where a call names none, as MinIO's clients do. Unset: such calls are refused.
    /// </summary>
    public string? LdapProvider { get; init; }

    /// <summary>
    /// How long the keys of an identity provider are good while it does not answer, in seconds: 300 to 604800, default 14400. Longer survives longer
    /// outages of providers; shorter forgets sooner what was withdrawn during one.
    /// </summary>
    public int ProviderKeysFreshFor { get; init; } = 14_400;

    /// <summary>Searches in an account's trail (LookupEvents) a second. 0: no limit. Default 100.</summary>
    public double LookupsPerAccount { get; init; } = 100;

    /// <summary>How many days events are kept in the trail, 0 to 36500; 0: for ever. Default 400. LookupEvents shows the last 90, as AWS's does.</summary>
    public int TrailRetention { get; init; } = 400;

    /// <summary>
    /// Free space of the data directory's disk, in MB, that is kept for administrators: below twice as much nothing is written in strangers' names,
    /// below it nothing is issued, below an eighth of it nothing is answered. 0 to 2147483647; 0: none is. Default 256.
    /// </summary>
    public int DiskReserve { get; init; } = 256;

    /// <summary>
    /// Where <c>/metrics</c> is served, and only there: for the network of whoever watches. Unset: on <see cref="Urls"/>, to this machine's own
    /// callers, and not at all behind a proxy.
    /// </summary>
    public Uri? MetricsUrl { get; init; }

    /// <summary>The OpenTelemetry collector that metrics and traces are sent to. Unset: the variable OTEL_EXPORTER_OTLP_ENDPOINT, or none.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Whether log lines are JSON objects. Default: text.</summary>
    public bool LogsJson { get; init; }

    /// <summary>The least that is logged. Default: information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How long a stopping server goes on answering after <c>/health/ready</c> has said 503, in milliseconds: 0 to 300000, default 0.</summary>
    public int DrainDelay { get; init; }

    /// <summary>Whether, from where and at which path clients of uproject's API are answered.</summary>
    public Dialects.UprojectOptions Uproject { get; init; } = new();

    /// <summary>The master key file that is in force.</summary>
    public string MasterKeyPath => MasterKeyFile ?? DataDirectory.TrimEnd('/') + ".master.key";
}
