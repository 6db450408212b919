using System.Globalization;
using System.Text;
using System.Text.Json;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Trails;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass trail trace|seal|export|verify</c>: who did something, and the audit trail of the caller's account as files that prove themselves.</summary>
internal sealed class TrailCommand(Host host) : ICommand
{
    private const string Usage = "Usage: daypass trail trace EVENT-ID, daypass trail seal, daypass trail export --to FOLDER|s3://BUCKET, or daypass trail verify [FOLDER --public-keys FILE]. 'daypass help trail' says more.";

    public IReadOnlyList<OptionRule> Options =>
    [
        .. Connection.Options, new("to"), new("from"), new("to-time"), new("format"), new("public-keys"), new("head"), new("s3-endpoint-url"), new("as-sealed", OptionValues.None), new("output"),
    ];

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken) => line.Positionals switch
    {
        ["trace", var eventId] => new TrailTrace(host).RunAsync(eventId, line, cancellationToken),
        ["seal"] => SealAsync(line, cancellationToken),
        ["export"] => ExportAsync(line, cancellationToken),
        ["verify"] => VerifyServerAsync(line, cancellationToken),
        ["verify", var folder] => VerifyFolderAsync(host.FullPath(folder), line, cancellationToken),
        _ => throw new CommandException(Usage),
    };

    private async Task<int> SealAsync(CommandLine line, CancellationToken cancellationToken)
    {
        using var sender = Sender(line);
        WarnOfMissing(await Api(line, sender).SealAsync(cancellationToken));
        return ExitCodes.Success;
    }

    private async Task<int> ExportAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var to = line.Value("to") ?? throw new CommandException("daypass trail export needs --to FOLDER or --to s3://BUCKET.");
        var isLines = line.Value("format") switch { null or "cloudtrail" => false, "jsonl" => true, var other => throw new CommandException($"--format is cloudtrail or jsonl, not '{other}'.") };
        var range = Range(line);
        using var sender = Sender(line);
        var api = Api(line, sender);
        var target = Target(to, line, sender);
        if (!line.Has("as-sealed"))
            WarnOfMissing(await api.SealAsync(cancellationToken));
        var keys = await api.KeysAsync(cancellationToken);
        if (target is FolderTarget && !isLines)
            await target.WriteAsync("public-keys.json", Encoding.UTF8.GetBytes(keys.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n"), null, cancellationToken);
        var report = await new TrailExport(api, new LiveTrail(api, PublicKeyFile.Of(keys)), target, isLines).RunAsync(range, cancellationToken);
        Print(report.Findings);
        host.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Exported {report.Digests} digests and {report.LogFiles} log files with {report.Events} events to {to}; {report.Skipped} digests were there already."));
        return report.Findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private ITrailTarget Target(string to, CommandLine line, SignedSender sender)
    {
        if (!to.StartsWith("s3://", StringComparison.Ordinal))
            return new FolderTarget(host.FullPath(to));
        var endpoint = line.Value("s3-endpoint-url") ?? host.Variable("AWS_ENDPOINT_URL_S3") ?? throw new CommandException("Where S3 is: --s3-endpoint-url URL, or AWS_ENDPOINT_URL_S3.");
        return new BucketTarget(sender, Connection.ReadAddress(endpoint), to["s3://".Length..].TrimEnd('/'));
    }

    private async Task<int> VerifyServerAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var range = Range(line);
        using var sender = Sender(line);
        var api = Api(line, sender);
        if (!line.Has("as-sealed"))
            WarnOfMissing(await api.SealAsync(cancellationToken));
        var keys = line.Value("public-keys") is { } path ? PublicKeyFile.Read(host, path) : PublicKeyFile.Of(await api.KeysAsync(cancellationToken));
        return Tell(await new TrailVerifier(new LiveTrail(api, keys), line.Value("head"), host.Clock.GetUtcNow()).RunAsync(range, cancellationToken));
    }

    private async Task<int> VerifyFolderAsync(string folder, CommandLine line, CancellationToken cancellationToken)
    {
        var keys = PublicKeyFile.Read(host, line.Value("public-keys") ?? throw new CommandException("Offline, the public keys must come from where nobody could exchange them together with the files: --public-keys FILE."));
        var accounts = FolderTrail.AccountsIn(folder);
        if (accounts.Count == 0)
            throw new CommandException($"There is no exported trail in '{folder}'.");
        if (accounts.Count > 1 && line.Has("head"))
            throw new CommandException("--head is of one account, and there are several in this folder.");
        var worst = ExitCodes.Success;
        foreach (var account in accounts)
            worst = Math.Max(worst, Tell(await new TrailVerifier(new FolderTrail(folder, account, keys), line.Value("head"), host.Clock.GetUtcNow()).RunAsync(Range(line), cancellationToken)));
        return worst;
    }

    private int Tell(TrailReport report)
    {
        Print(report.Findings);
        if (report.Purged.Count > 0)
            host.WriteLine($"{report.Purged.Count} log files, the last of them {report.Purged[^1]}, are older than events are kept: purged by retention.");
        if (report.Head is not { } head)
        {
            host.WriteLine("There is no digest: nothing was sealed yet, or all of it is gone.");
            return report.Findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        }
        host.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Digests} digests and {report.LogFiles} log files; {report.Events} events as they were sealed; {report.Findings.Count} findings."));
        host.WriteLine($"From {Show(report.Start)} to {Show(report.End)}. What came later is not sealed yet.");
        host.WriteLine($"Newest digest: {head.Name}\n  signature {head.Signature[..Math.Min(32, head.Signature.Length)]} (with --head, a later verification finds whether it is still in the chain)");
        return report.Findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private void Print(IEnumerable<TrailFinding> findings)
    {
        foreach (var finding in findings)
            host.WriteLine(finding.ToString());
    }

    private void WarnOfMissing(long nodes)
    {
        if (nodes > 0)
            host.Error.WriteLine($"{nodes} nodes have not shipped their newest events: what they answered last may not be sealed yet.");
    }

    private SignedSender Sender(CommandLine line) => new(new Connection(host, line).Credentials.Find(), new Connection(host, line).Region, host.Clock);

    private TrailApi Api(CommandLine line, SignedSender sender) => new(new ApiClient(sender, new Connection(host, line).Endpoint), host);

    private static TimeRange Range(CommandLine line) => new(Time(line, "from"), Time(line, "to-time"));

    private static DateTimeOffset? Time(CommandLine line, string option) =>
        line.Value(option) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new CommandException($"--{option} takes a time such as 2026-11-22T09:30:00Z, not '{text}'.");

    private static string Show(DateTimeOffset? time) => time is { } known ? DigestTime(known) : "?";

    private static string DigestTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
