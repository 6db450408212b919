using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Http;
using Daypass.Cli.Login.Oidc;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Login;

/// <summary>Shows an ID token to the server for a session of the role.</summary>
internal sealed class RoleSession(Host host, LoginTerms terms)
{
    private const string Action = "AssumeRoleWithWebIdentity";
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    /// <summary>Unsigned: the token is the proof.</summary>
    /// <exception cref="CommandException">The server refuses or does not answer.</exception>
    public async Task<IssuedSession> GetAsync(IdToken token, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["RoleArn"] = terms.RoleArn, ["RoleSessionName"] = terms.SessionName ?? token.SessionName, ["WebIdentityToken"] = token.Text };
        if (terms.Duration is { } duration)
            parameters["DurationSeconds"] = duration;
        using var sender = new SignedSender(null, "", host.Clock);
        var asked = host.Clock.GetUtcNow();
        var reply = await new ApiClient(sender, terms.Endpoint).CallAsync(new ApiCall(ApiService.All.Single(service => service.Name == "sts"), Action, parameters), cancellationToken);
        if (reply.Fault is { } fault)
            throw CommandException.Refused(Action, fault);
        var lifetime = terms.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultLifetime;
        return IssuedSession.Read(reply.Result, asked + lifetime, (reply.Result?["AssumedRoleUser"]?["Arn"] ?? terms.RoleArn)?.ToString());
    }
}
