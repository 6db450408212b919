using System.Globalization;
using System.Text;
using Daypass.Bench.Cases;
using Daypass.Bench.Report;

namespace Daypass.Bench.Scale;

/// <summary>The findings of <c>./bench scale</c> as Markdown, the same on the terminal and in docs/performance.md.</summary>
internal static class ScaleTable
{
    public const string SmallCase = "small: 1 account, 1,000 users calling";
    public const string SameCallers = "big account, 1,000 of its users calling";
    public const string MoreCallers = "big account, more of its users calling";
    public const string ManyAccounts = "many accounts, a user of each calling";

    public static string Of(ScaleFindings findings) => string.Create(CultureInfo.InvariantCulture, $"""
        | | small | big | |
        |---|--:|--:|---|
        | first signed answer after process start | {findings.SmallStart:F0} ms | {findings.BigStart:F0} ms | big: {findings.Settings.Accounts:N0} accounts, none in memory yet |
        | resident when idle | {findings.SmallIdle:F0} MB | {findings.BigIdle:F0} MB | |
        | resident with the big account in memory | | {findings.BigLoaded:F0} MB | {findings.Settings.Users:N0} users with a key each |
        | memory of a user without a key | | {findings.WithoutKeys.Loaded:N0} bytes | in a group, with an inline policy |
        | memory of a user with a key | | {findings.WithKeys.Loaded:N0} bytes | {findings.WithKeys.Used:N0} once it has called; {findings.WithKeys.Estimated:N0} is what the memory budget takes it for |
        | AssumeRole into an account that is not in memory | {findings.ColdSmall.First:F1} ms | {findings.ColdBig.First:F0} ms | {findings.ColdSmall.Next:F1} and {findings.ColdBig.Next:F1} ms the next time; from store to directory alone {findings.WithKeys.LoadMilliseconds:F0} ms |
        | TagUser, one after the other | {findings.SmallWrite:F2} ms | {findings.BigWrite:F2} ms | median |

        {Rates(findings)}
        """);

    public static string Section(ScaleFindings findings) => string.Create(CultureInfo.InvariantCulture, $"""
        ## Big installations

        {Of(findings)}
        Measured on {DateTimeOffset.UtcNow:yyyy-MM-dd} on {Machine.Describe()}.

        - **Small** is the installation of the table at the top: one account, {Population.UserCount:N0} users. **Big** is an installation of {findings.Settings.Accounts:N0} accounts with three users and
          three roles each, and one account with {findings.Settings.Users:N0} users, written straight into the store: a quota of AWS's keeps the API from making it.
        - **AssumeRole**: both servers run side by side and are measured in turns, {findings.Settings.Load.Rounds} rounds of {findings.Settings.Load.Requests:N0} requests for each case, as described
          above; the table has the middle round, and its share of the small case's. The more users call, the more of what they need is not in the processor's caches.
          The last case pays for the trail: it is kept by account and time, so that a search reads few pages, and events of {findings.Settings.WarmAccounts:N0} accounts
          in turn are written to as many pages.
        - **Memory of a user**: live bytes after a full collection, with and without the account's directory, loaded by the same code from the same
          store, divided by its users. With a key it is three documents: the user, the key, and the guard of its number of keys.
        - **Start**: median of {findings.Settings.Starts}. **An account that is not in memory**: the operator's AssumeRole into it; the median of {findings.Settings.ColdAccounts} small accounts, the big one once.
        """);

    private static string Rates(ScaleFindings findings)
    {
        var text = new StringBuilder()
            .AppendLine("| AssumeRole | requests/s | of the small case | p50 ms | p99 ms | server CPU µs/request |")
            .AppendLine("|---|--:|--:|--:|--:|--:|");
        foreach (var result in findings.Rates)
            text.AppendLine(Row(result, findings.Rates[0]));
        return text.ToString();
    }

    private static string Row(Result result, Result small) => string.Create(CultureInfo.InvariantCulture,
        $"| {result.Name} | {result.Rate:N0} | {result.Rate / small.Rate:P0} | {result.P50 / 1000:F2} | {result.P99 / 1000:F2} | {result.Cpu:F1} |");
}
