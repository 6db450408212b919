using System.Net;
using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// What a connection string means here: its own values where it names them, else values with which nothing hangs and a failover is noticed.
/// </summary>
internal static class PostgresSettings
{
    // What each physical connection starts with. A node that stops between the two halves of a commit must not hold the feed for the others:
    // the server ends such a transaction before those who wait for it give up. There is no statement_timeout, as it would also end the wait of a COMMIT for its standby, which the
    // server then reports as done (with a warning, which counts as a failure here). Asynchronous commits would lose what was acknowledged.
    private const string Session = """
        SELECT set_config('lock_timeout', '4s', false), set_config('idle_in_transaction_session_timeout', '3s', false),
            set_config('client_min_messages', 'warning', false), set_config('default_transaction_isolation', 'read committed', false),
            CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END,
            current_setting('transaction_read_only')
        """;

    /// <exception cref="StoreUnavailableException">It is no connection string. The message repeats nothing of it: it may hold a password.</exception>
    public static NpgsqlDataSource Source(string connectionString) => Servers(connectionString).Source;

    /// <exception cref="StoreUnavailableException">It is no connection string. The message repeats nothing of it: it may hold a password.</exception>
    public static PostgresServers Servers(string connectionString)
    {
        var settings = Parse(connectionString);
        var target = settings.TargetSessionAttributes;
        settings.TargetSessionAttributes = null;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(Begin, BeginAsync);
        if (!settings.Host!.Contains(','))
            return new PostgresServers(builder.Build(), null);
        var several = builder.BuildMultiHost();
        var primary = several.WithTargetSession(target == "read-write" ? TargetSessionAttributes.ReadWrite : TargetSessionAttributes.Primary);
        return new PostgresServers(primary, several);
    }

    /// <summary>Which database it is, for an operator, without user and password.</summary>
    /// <exception cref="StoreUnavailableException">It is no connection string.</exception>
    public static string NameOf(string connectionString)
    {
        var settings = Parse(connectionString);
        return $"the database {settings.Database ?? settings.Username} on {settings.Host}";
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(settings.Host))
                throw new ArgumentException("No host.");
            RequireChoiceOfTls(settings);
            Complete(settings, new NpgsqlConnectionStringBuilder());
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw new StoreUnavailableException(
                "This is not a connection string for PostgreSQL: write it like Host=db1,db2;Database=daypass;Username=daypass, with quotes around a password that has a semicolon.");
        }
    }

    // Npgsql's default takes what the server offers, and whoever stands in between answers for the server: who offers nothing gets the password
    // and every row in the clear. So to another machine only with what somebody chose.
    private static void RequireChoiceOfTls(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.SslMode is SslMode.Prefer or SslMode.Allow && !settings.Host!.Split(',').All(IsThisMachine))
            throw new StoreUnavailableException(
                "The database is on another machine, and the connection string does not say how it is protected on the way: add SSL Mode=VerifyFull with Root Certificate=FILE (docs/guide/many-nodes.md), or SSL Mode=Disable where nobody can listen or step in.");
    }

    // A folder is one of Unix sockets. Ports stand behind a host's name or an IPv6 address in brackets.
    private static bool IsThisMachine(string entry)
    {
        var host = entry.Trim();
        if (host is ['/' or '@', ..])
            return true;
        if (host.StartsWith('['))
            host = host[1..].Split(']')[0];
        else if (host.Count(character => character == ':') == 1)
            host = host.Split(':')[0];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private static void Complete(NpgsqlConnectionStringBuilder settings, NpgsqlConnectionStringBuilder unset)
    {
        settings.ApplicationName ??= "daypass";
        settings.Timeout = settings.Timeout == unset.Timeout || settings.Timeout == 0 ? 3 : settings.Timeout;
        settings.CommandTimeout = settings.CommandTimeout == unset.CommandTimeout || settings.CommandTimeout == 0 ? 5 : settings.CommandTimeout;
        settings.CancellationTimeout = settings.CancellationTimeout == unset.CancellationTimeout ? 500 : settings.CancellationTimeout;
        settings.MaxPoolSize = settings.MaxPoolSize == unset.MaxPoolSize ? 20 : settings.MaxPoolSize;
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == unset.MaxAutoPrepare ? 40 : settings.MaxAutoPrepare;
        settings.AutoPrepareMinUsages = 2;
        settings.HostRecheckSeconds = settings.HostRecheckSeconds == unset.HostRecheckSeconds ? 1 : settings.HostRecheckSeconds;
        settings.TcpKeepAliveTime = settings.TcpKeepAliveTime == unset.TcpKeepAliveTime ? 5 : settings.TcpKeepAliveTime;
        settings.TcpKeepAliveInterval = settings.TcpKeepAliveInterval == unset.TcpKeepAliveInterval ? 2 : settings.TcpKeepAliveInterval;
        // A transaction here is several batches on one connection, which multiplexing would scatter over many.
        settings.Multiplexing = false;
        // A connection has no state but what it began with.
        settings.NoResetOnClose = true;
    }

    private static void Begin(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Session, connection);
        using var row = command.ExecuteReader();
        row.Read();
        Check(row);
    }

    private static async Task BeginAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Session, connection);
        await using var row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await row.ReadAsync().ConfigureAwait(false);
        Check(row);
    }

    // A standby would answer reads with an old view, and it would stay in the pool.
    private static void Check(NpgsqlDataReader row)
    {
        if (row.GetString(5) == "on")
            throw new StoreUnavailableException(PostgresErrors.ReadOnly);
    }
}
