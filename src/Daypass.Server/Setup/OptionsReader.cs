using System.Globalization;
using System.Net;
using Daypass.Server.Dialects;

namespace Daypass.Server.Setup;

/// <summary>Reads <see cref="ServerOptions"/> from the command line. Unknown and malformed options are refused: a mistyped one must not be a default.</summary>
internal static class OptionsReader
{
    private delegate ServerOptions Setting(ServerOptions options, string value);

    private static readonly Dictionary<string, (string Value, string Meaning, Setting Apply)> Settings = new(StringComparer.Ordinal)
    {
        ["--urls"] = ("URL[;URL]", "where to listen (default http://127.0.0.1:8450)", (options, value) => options with { Urls = Urls(value) }),
        ["--data-dir"] = ("FOLDER", "store, journal and first keys (default ./data)", (options, value) => options with { DataDirectory = value }),
        ["--master-key-file"] = ("FILE", "the master key; outside the data folder (default <data-dir>.master.key)", (options, value) => options with { MasterKeyFile = value }),
        ["--store"] = ("CONNECTION", "a PostgreSQL database that nodes share, or @FILE with it (default: SQLite in the data folder)", (options, value) => options with { Store = value }),
        ["--max-staleness"] = ("SECONDS", "go on this long while the store is away, 1 to 86400 (default 900)", (options, value) => options with { MaxStaleness = Number(value, 1, 86_400) }),
        ["--directory-memory"] = ("MB", "memory for the accounts held, 16 to 1048576 (default 1024)", (options, value) => options with { DirectoryMemory = Number(value, 16, 1_048_576) }),
        ["--behind-proxy"] = ("CIDR[,CIDR]", "believe forwarded headers from these networks", (options, value) => options with { BehindProxy = Networks(value) }),
        ["--certificate"] = ("FILE", "PEM certificate for https addresses", (options, value) => options with { Certificate = value }),
        ["--certificate-key"] = ("FILE", "PEM private key, if it is not in the certificate file", (options, value) => options with { CertificateKey = value }),
        ["--region"] = ("NAME", "accept only this region in signatures (default any)", (options, value) => options with { Region = value }),
        ["--max-connections"] = ("N", "connections at a time (default 10000)", (options, value) => options with { MaxConnections = Number(value, 1, 1_000_000) }),
        ["--metrics-url"] = ("URL", "serve /metrics there and nowhere else (default: on --urls, to this machine)", (options, value) => options with { MetricsUrl = Urls(value) is [var url] ? url : throw new FormatException() }),
        ["--otlp"] = ("URL", "send metrics and traces to this OpenTelemetry collector (default none)", (options, value) => options with { Otlp = Collector(value) }),
        ["--log-format"] = ("FORMAT", "text or json (default text)", (options, value) => options with { LogsJson = value switch { "json" => true, "text" => false, _ => throw new FormatException() } }),
        ["--log-level"] = ("LEVEL", "debug, information, warning, error or none (default information)", (options, value) => options with { LogLevel = LevelOf(value) }),
        ["--drain-delay"] = ("MS", "when stopping, go on answering this long, 0 to 300000 (default 0)", (options, value) => options with { DrainDelay = Number(value, 0, 300_000) }),
        ["--lease-fresh-for"] = ("MS", "use of a lease without asking again, 500 to 4000 (default 3500)", (options, value) => options with { LeaseFreshFor = Number(value, 500, 4000) }),
        ["--lease-valid-for"] = ("MS", "use of a lease while no node answers, 5000 to 3600000 (default 300000)", (options, value) => options with { LeaseValidFor = Number(value, 5000, 3_600_000) }),
        ["--uproject"] = ("WHO", "clients of uproject's API: tls, on or off (default tls: https, and this machine)", (options, value) => options with { Uproject = options.Uproject with { Access = AccessOf(value) } }),
        ["--uproject-path"] = ("PATH", "a path for uproject's API alone, beside / (default /uproject)", (options, value) => options with { Uproject = options.Uproject with { Path = PathOf(value) } }),
        ["--public-url"] = ("URL", "the https address that others reach you by; names the issuer of web identity tokens", (options, value) => options with { PublicUrl = PublicAddress.Read(value) }),
        ["--product-name"] = ("NAME", "what sign-in pages and authenticators call the product (default Daypass)", (options, value) => options with { ProductName = BrandSettings.ProductName(value) }),
        ["--sign-in-host"] = ("HOST", "where people sign in (default that of --public-url)", (options, value) => options with { SignInHost = BrandSettings.Host(value) }),
        ["--urn-prefix"] = ("WORD", "the first word of names in the uproject dialect (default ucs)", (options, value) => options with { UrnPrefix = BrandSettings.UrnPrefix(value) }),
        ["--jwks-max-age"] = ("SECONDS", "how long others may keep your public keys, 1 to 86400 (default 600)", (options, value) => options with { JwksMaxAge = Number(value, 1, 86_400) }),
        ["--federation-networks"] = ("CIDRS", "private networks where identity providers may be called (default none)", (options, value) => options with { FederationNetworks = Networks(value) }),
        ["--ldap-provider"] = ("ARN", "the LDAP provider of calls that name none (default none)", (options, value) => options with { LdapProvider = LdapProviderArn(value) }),
        ["--provider-keys-for"] = ("SECONDS", "use of a provider's keys while it does not answer, 300 to 604800 (default 14400)", (options, value) => options with { ProviderKeysFreshFor = Number(value, 300, 604_800) }),
        ["--digest-interval"] = ("MINUTES", "seal the audit trail this often, 1 to 1440 (default 60)", (options, value) => options with { DigestInterval = Number(value, 1, 1440) }),
        ["--trail-bucket"] = ("NAME", "the bucket that exported trails belong into (default daypass-trail)", (options, value) => options with { TrailBucket = Bucket(value) }),
        ["--refusals-per-source"] = ("N", "refusals a second before a source is turned away, 0 for no limit (default 50)", (options, value) => options with { RefusalsPerSource = Number(value, 0, int.MaxValue) }),
        ["--calls-per-account"] = ("N", "calls a second and account, 0 for no limit (default 0)", (options, value) => options with { CallsPerAccount = Number(value, 0, int.MaxValue) }),
        ["--lookups-per-account"] = ("N", "searches in an account's trail a second, 0 for no limit (default 100)", (options, value) => options with { LookupsPerAccount = Number(value, 0, int.MaxValue) }),
        ["--trail-retention"] = ("DAYS", "keep audit events this long, 0 for ever (default 400)", (options, value) => options with { TrailRetention = Number(value, 0, 36_500) }),
        ["--disk-reserve"] = ("MB", "free disk space kept for administrators, 0 for none (default 256)", (options, value) => options with { DiskReserve = Number(value, 0, int.MaxValue) }),
        ["--writes-per-account"] = ("N", "writes a second and account, 0 for no limit (default 500)", (options, value) => options with { WritesPerAccount = Number(value, 0, int.MaxValue) }),
        ["--events-per-service"] = ("N", "data events a second that one service may report, 0 for no limit (default 1000)", (options, value) => options with { EventsPerService = Number(value, 0, int.MaxValue) }),
    };

    /// <exception cref="StartException">An option is unknown, has no value, or a wrong one.</exception>
    public static ServerOptions Read(IReadOnlyList<string> arguments, Func<string, string?>? environment = null)
    {
        var options = new ServerOptions { Store = environment?.Invoke("DAYPASS_STORE") is { Length: > 0 } store ? store : null };
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (name == "--movable-clock" && value is null)
            {
                options = options with { MovableClock = true };
                continue;
            }
            if (name == "--plain-denials" && value is null)
            {
                options = options with { PlainDenials = true };
                continue;
            }
            if (name == "--company-accounts" && value is null)
            {
                options = options with { CompanyAccounts = true };
                continue;
            }
            if (name == "--repeat-assertions" && value is null)
            {
                options = options with { RepeatAssertions = true };
                continue;
            }
            if (name == "--init" && value is null)
            {
                options = options with { Init = true };
                continue;
            }
            if (!Settings.TryGetValue(name, out var setting))
                throw new StartException(name.StartsWith('-')
                    ? $"The option {name} does not exist; --help lists those that do."
                    : $"'{name}' is not an option: --help lists those that there are. Beside the server there are ./run cli, ./run tour and ./run sample.");
            value ??= ++i < arguments.Count ? arguments[i] : throw new StartException($"The option {name} needs a value: {name} {setting.Value}.");
            options = Apply(options, name, value, setting);
        }
        RuntimeFloor.Check(Environment.Version);
        return Check(options);
    }

    /// <summary>The text of <c>--help</c>.</summary>
    public static string Help => $"""
        Daypass server: temporary credentials for the resources you run.

          ./run [options]

        {string.Join('\n', Settings.Select(setting => $"  {setting.Key + " " + setting.Value.Value,-32}{setting.Value.Meaning}"))}
          {"--init",-32}prepare an empty shared database: schema, key ring, first account
          {"--company-accounts",-32}give new accounts numbers below 2^32, for clients of uproject
          {"--plain-denials",-32}leave the encoded authorization message out of refusals
          {"--repeat-assertions",-32}take a SAML assertion for the same role again, as AWS does
          {"--movable-clock",-32}let the first account's administrator move policy time forward; loopback only

        On a store, without a server (each with --help):

          ./run backup --to FILE          write the whole store to a file while servers run
          ./run restore FILE              make an empty store what a backup holds
          ./run store copy|reopen         move a store to another engine, or take that back

        DAYPASS_STORE in the environment is as good as --store.
        For an unattended first start: DAYPASS_BOOTSTRAP_ACCOUNT_ID, DAYPASS_BOOTSTRAP_ACCESS_KEY_ID, DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY.
        """;

    private static ServerOptions Apply(ServerOptions options, string name, string value, (string Value, string Meaning, Setting Apply) setting)
    {
        try
        {
            return setting.Apply(options, value);
        }
        catch (FormatException)
        {
            throw new StartException($"The value '{value}' does not fit the option {name} {setting.Value}: {setting.Meaning}.");
        }
    }

    private static ServerOptions Check(ServerOptions options)
    {
        foreach (var url in options.Urls)
        {
            if (url.Scheme == Uri.UriSchemeHttps && options.Certificate is null)
                throw new StartException($"The address {url} is https, which needs --certificate FILE.");
            if (url.Scheme == Uri.UriSchemeHttp && !IsLoopback(url) && options.BehindProxy.Count == 0)
                throw new StartException($"The address {url} is plain http that others can reach; use https with --certificate, or name the proxy's network with --behind-proxy.");
            if (options.MovableClock && !IsLoopback(url))
                throw new StartException($"A server with --movable-clock listens on loopback only, not on {url}.");
        }
        if (options.MetricsUrl is { Scheme: "https" } && options.Certificate is null)
            throw new StartException($"The address {options.MetricsUrl} is https, which needs --certificate FILE.");
        if (options.Init && options.Store is null)
            throw new StartException("--init prepares a shared database, so it needs --store; a store in the data folder is prepared by its first start.");
        if (options.Store is { Length: 0 })
            throw new StartException("The option --store names no database: --store \"Host=...;Database=...\", or @FILE with it.");
        var data = Path.GetFullPath(options.DataDirectory) + Path.DirectorySeparatorChar;
        if (Path.GetFullPath(options.MasterKeyPath).StartsWith(data, StringComparison.Ordinal))
            throw new StartException($"The master key file {options.MasterKeyPath} must not be inside the data directory: whoever copies the data must not have the key.");
        return options;
    }

    internal static bool IsLoopback(Uri url) => url.IsLoopback;

    private static UprojectAccess AccessOf(string value) => value switch
    {
        "tls" => UprojectAccess.Tls,
        "on" => UprojectAccess.On,
        "off" => UprojectAccess.Off,
        _ => throw new FormatException(),
    };

    // Not below what Daypass itself answers at.
    private static string PathOf(string value) =>
        value.Length is > 1 and <= 128 && value[0] == '/' && value[^1] != '/' && !value.Contains("//", StringComparison.Ordinal)
        && value.AsSpan(1).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/") < 0
        && value.Split('/')[1] is not ("health" or "metrics" or "federation")
            ? value
            : throw new FormatException();

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=');
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static Uri[] Urls(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url =>
            Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.AbsolutePath == "/"
                ? uri
                : throw new FormatException())];

    private static IPNetwork[] Networks(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(network =>
            IPNetwork.TryParse(network, out var parsed) ? parsed : IPAddress.TryParse(network, out var single) ? new IPNetwork(single, single.GetAddressBytes().Length * 8) : throw new FormatException())];

    private static string LdapProviderArn(string text) =>
        Names.Arn.TryParse(text, out var arn) && arn is { Service: "iam", AccountId: not null } && arn.Resource.StartsWith("ldap-provider/", StringComparison.Ordinal) ? text : throw new FormatException();

    private static Uri Collector(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri : throw new FormatException();

    private static string Bucket(string text) =>
        text.Length is >= 3 and <= 63 && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.') ? text : throw new FormatException();

    private static LogLevel LevelOf(string text) => text switch
    {
        "debug" => LogLevel.Debug,
        "information" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => throw new FormatException(),
    };

    private static int Number(string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum ? number : throw new FormatException();
}
