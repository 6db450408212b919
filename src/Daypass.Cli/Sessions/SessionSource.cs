using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Credentials;
using Daypass.Cli.Http;

namespace Daypass.Cli.Sessions;

/// <summary>Gets the credentials that a request asks for, signed with the caller's key as it is at that moment.</summary>
internal sealed class SessionSource(Host host, CommandLine line, SessionRequest request)
{
    /// <summary>New ones. With an MFA device and no code, which only works once: those that an earlier code gave, while they last.</summary>
    /// <exception cref="CommandException">The service refuses or does not answer, there is no key to sign with, or a code is needed.</exception>
    public async Task<IssuedSession> GetAsync(CancellationToken cancellationToken)
    {
        if (request.Certificate is { } certificate)
            return await certificate.IssueAsync(host, cancellationToken);
        var connection = new Connection(host, line);
        var key = connection.Credentials.Find();
        if (request.SerialNumber is null)
            return await IssueAsync(connection, key, cancellationToken);
        var kept = new KeptSession(host, connection.Endpoint, key.Id, request);
        if (!request.HasTokenCode)
            return kept.Find() ?? throw new CommandException(
                $"A code of {request.SerialNumber} is needed: run the same command once by hand with --token-code CODE. What it gives is used until it ends.");
        var issued = await IssueAsync(connection, key, cancellationToken);
        kept.Save(issued);
        return issued;
    }

    private async Task<IssuedSession> IssueAsync(Connection connection, AccessKey key, CancellationToken cancellationToken)
    {
        using var sender = new SignedSender(key, connection.Region, host.Clock);
        var asked = host.Clock.GetUtcNow();
        var reply = await new ApiClient(sender, connection.Endpoint).CallAsync(request.ToCall(), cancellationToken);
        return reply.Fault is { } fault
            ? throw CommandException.Refused(request.Action, fault)
            : IssuedSession.Read(reply.Result, asked + request.Lifetime, request.RoleArn);
    }
}
