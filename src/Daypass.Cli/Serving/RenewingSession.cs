using Daypass.Cli.Sessions;

namespace Daypass.Cli.Serving;

/// <summary>
/// A session that is replaced before it ends, when somebody asks for it: one renewal at a time, however many ask. While the old one lasts it is
/// handed out whenever the new one is not to be had or is slow in coming, because clients wait two seconds.
/// </summary>
internal sealed class RenewingSession(Func<CancellationToken, Task<IssuedSession>> issue, TimeProvider clock, TimeSpan? renewBefore, Action<string> warn)
{
    // boto3 asks for new ones when a quarter of an hour is left. Short sessions are renewed at half their time.
    private static readonly TimeSpan UsualRenewBefore = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private IssuedSession? _current;
    private Task<IssuedSession>? _renewal;
    private DateTimeOffset _renewFrom;

    /// <exception cref="CommandException">There is none that lasts, and a new one is not to be had.</exception>
    public async Task<IssuedSession> GetAsync(CancellationToken cancellationToken)
    {
        var (usable, renewal) = Look();
        if (renewal is null)
            return usable!;
        if (usable is null)
            return await renewal.WaitAsync(cancellationToken);
        try
        {
            return await renewal.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception exception) when (exception is CommandException or TimeoutException)
        {
            return usable;
        }
    }

    private (IssuedSession? Usable, Task<IssuedSession>? Renewal) Look()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var usable = _current is { } current && current.Expiration > now ? current : null;
            if (usable is not null && _renewal is null && now < _renewFrom)
                return (usable, null);
            // Not with the token of whoever asked first: others wait for it, too.
            return (usable, _renewal ??= Task.Run(RenewAsync, CancellationToken.None));
        }
    }

    private async Task<IssuedSession> RenewAsync()
    {
        try
        {
            var session = await issue(CancellationToken.None);
            var now = clock.GetUtcNow();
            Finish(session.Expiration - (renewBefore ?? Shorter(UsualRenewBefore, (session.Expiration - now) / 2)), session);
            return session;
        }
        catch (Exception exception)
        {
            Finish(clock.GetUtcNow() + PauseAfterFailure, null);
            warn($"The credentials were not renewed: {exception.Message}");
            throw exception as CommandException ?? new CommandException($"The credentials were not renewed: {exception.Message}");
        }
    }

    private void Finish(DateTimeOffset renewFrom, IssuedSession? session)
    {
        lock (_lock)
            (_current, _renewFrom, _renewal) = (session ?? _current, renewFrom, null);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
