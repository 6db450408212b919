using Daypass.Cli.Login.Oidc;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Login;

/// <summary>What a profile's <c>credential_process</c> gets: the session that is there, or the next, and never a browser.</summary>
internal sealed class Renewal(Host host, string profile, string file)
{
    /// <exception cref="CommandException">There is no session, and none can be had without the person.</exception>
    public async Task<IssuedSession> GetAsync(CancellationToken cancellationToken)
    {
        if (Read() is { } fresh && fresh.IsFresh(host.Clock.GetUtcNow()))
            return fresh.Session;
        using var only = await FileLock.EnterAsync(file + ".lock", cancellationToken);
        var kept = Read() ?? throw new CommandException($"Nobody is signed in as '{profile}': run daypass login --profile {profile}");
        // Another process may have been here meanwhile.
        if (kept.IsFresh(host.Clock.GetUtcNow()))
            return kept.Session;
        try
        {
            return await RenewAsync(kept, cancellationToken);
        }
        catch (CommandException) when (kept.IsUsable(host.Clock.GetUtcNow()))
        {
            return kept.Session;
        }
        catch (CommandException failure)
        {
            throw new CommandException($"The session of '{profile}' is over; to sign in again, run daypass login --profile {profile} ({failure.Message.TrimEnd('.')})");
        }
    }

    private KeptLogin? Read() => KeptLogin.TryRead(file) is { } kept && kept.Terms.Profile == profile ? kept : null;

    private async Task<IssuedSession> RenewAsync(KeptLogin kept, CancellationToken cancellationToken)
    {
        if (kept.RefreshToken is not { } refreshToken)
            throw new CommandException(kept.Terms.Issuer is null ? "SAML renews nothing without you" : "the provider gave nothing to renew it with");
        using var provider = new OidcSignIn(host, kept.Terms);
        var token = await provider.RenewAsync(refreshToken, kept.Subject, next => (kept = kept with { RefreshToken = next }).Save(file), cancellationToken);
        var now = host.Clock.GetUtcNow();
        var session = await new RoleSession(host, kept.Terms).GetAsync(token, cancellationToken);
        (kept with { Session = session, IssuedAt = now }).Save(file);
        return session;
    }
}
