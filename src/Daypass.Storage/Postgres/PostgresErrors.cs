using System.Net.Sockets;
using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>What went wrong, in one sentence for an operator. Nothing in it comes from a caller or from the connection string's password.</summary>
internal static class PostgresErrors
{
    public const string ReadOnly =
        "The PostgreSQL server is a standby or read-only: name all servers in the connection string, so that the primary is found.";

    public const string NoSchema = "The database has no Daypass schema: start Daypass once with --init.";

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["25006"] = ReadOnly,
        ["3D000"] = "The database does not exist: make it (docs/guide/many-nodes.md has the SQL), or correct the connection string.",
        ["42P01"] = NoSchema,
        ["42501"] = "The database user lacks a right that Daypass needs (docs/guide/many-nodes.md has the SQL).",
        ["53100"] = "The PostgreSQL server's disk is full.",
        ["53300"] = "The PostgreSQL server has no connection left: raise its max_connections, or lower Maximum Pool Size in the connection string.",
        ["55P03"] = "Another node's transaction holds the lock that a write needs.",
        ["57P01"] = "The PostgreSQL server is shutting down.",
        ["57P02"] = "The PostgreSQL server is shutting down.",
        ["57P03"] = "The PostgreSQL server is starting or shutting down.",
    };

    public static bool IsFailure(Exception e) =>
        e is NpgsqlException or TimeoutException or SocketException or IOException or InvalidOperationException or StoreUnavailableException;

    /// <summary>The transaction was rolled back for the sake of another and would pass if done again.</summary>
    public static bool IsConcurrency(Exception e) => e is PostgresException { SqlState: "40001" or "40P01" };

    /// <summary>What was to be written is at fault, not the server: others may pass.</summary>
    public static bool IsData(Exception e) => e is PostgresException { SqlState: ['2', '1' or '2' or '3', ..] or ['5', '4', ..] };

    /// <summary>The connection was dead before: one that was idle while the server went away. Not a timeout: there nobody may wait twice.</summary>
    public static bool IsStale(Exception e) => e switch
    {
        PostgresException refused => refused.SqlState is "57P01" or "57P02" or "57P05" or "25P03",
        NpgsqlException { InnerException: SocketException or IOException { InnerException: not TimeoutException } } => true,
        _ => false,
    };

    public static StoreUnavailableException Unavailable(Exception e) => e as StoreUnavailableException ?? new(Sentence(e), e);

    private static string Sentence(Exception e) => e switch
    {
        ObjectDisposedException => "The store is closed.",
        PostgresException refused when Sentences.TryGetValue(refused.SqlState, out var sentence) => sentence,
        PostgresException { SqlState: ['2', '8', ..] } refused => $"PostgreSQL refused the login: {refused.MessageText}.",
        PostgresException refused => $"PostgreSQL could not do it (SQLSTATE {refused.SqlState}).",
        _ when Causes(e).OfType<StoreUnavailableException>().FirstOrDefault() is { } own => own.Message,
        _ when Causes(e).Any(cause => cause is TimeoutException) => "PostgreSQL did not answer in time.",
        _ when Causes(e).OfType<PostgresException>().FirstOrDefault() is { } refused => Sentence(refused),
        _ when Causes(e).OfType<SocketException>().FirstOrDefault() is { } socket => $"PostgreSQL cannot be reached ({socket.SocketErrorCode}).",
        _ => "The connection to PostgreSQL was lost.",
    };

    private static IEnumerable<Exception> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            yield return e;
            if (e is AggregateException all)
            {
                foreach (var cause in all.InnerExceptions.SelectMany(Causes))
                    yield return cause;
            }
        }
    }
}
