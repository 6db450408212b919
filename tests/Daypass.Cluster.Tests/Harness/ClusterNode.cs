using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>One node: a server process with a data directory of its own, and its own link to the database, which a test can break.</summary>
public sealed class ClusterNode(int number, DaypassServer server, TcpLink link) : IAsyncDisposable
{
    public int Number { get; } = number;

    public DaypassServer Server { get; } = server;

    /// <summary>What lies between this node and the database.</summary>
    public TcpLink Link { get; } = link;

    public SigningClient Administrator => Server.Administrator;

    /// <summary>The same credentials at this node.</summary>
    public SigningClient At(SigningClient client) => new(Server.Endpoint, client.AccessKeyId, client.Secret, client.Token);

    /// <summary>A client for the key that CreateAccessKey answered, or the session that AssumeRole did.</summary>
    public SigningClient With(System.Text.Json.JsonElement credentials) => new(
        Server.Endpoint, credentials.GetProperty("AccessKeyId").GetString()!, credentials.GetProperty("SecretAccessKey").GetString()!,
        credentials.TryGetProperty("SessionToken", out var token) ? token.GetString() : null);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Link.DisposeAsync();
    }
}
