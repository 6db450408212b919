using Daypass.Service.Federation;

namespace Daypass.Server;

/// <summary>What the server logs of its own course. Never a secret, a token or a whole request.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Action} failed inside (request {RequestId})", EventName = "RequestFailed")]
    public static partial void RequestFailed(ILogger logger, string action, string requestId, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "The job {Job} failed and is started again", EventName = "JobFailed")]
    public static partial void JobFailed(ILogger logger, string job, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "{Sentence}", EventName = "Notice")]
    public static partial void Notice(ILogger logger, string sentence);

    [LoggerMessage(4, LogLevel.Information, "Daypass {Version} is ready on {Addresses} ", EventName = "Started")]
    public static partial void Started(ILogger logger, string version, string addresses);

    [LoggerMessage(5, LogLevel.Information, "Stopping: no longer ready, requests are answered for {Milliseconds} ms more", EventName = "Stopping")]
    public static partial void Stopping(ILogger logger, long milliseconds);

    [LoggerMessage(6, LogLevel.Information, "Stopped", EventName = "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(7, LogLevel.Debug, "{Action} was refused with {Code} (request {RequestId})", EventName = "RequestRefused")]
    public static partial void RequestRefused(ILogger logger, string action, string code, string requestId);

    [LoggerMessage(9, LogLevel.Warning, "A search of the trail may miss the newest events of {Nodes} (request {RequestId})", EventName = "TrailIncomplete")]
    public static partial void TrailIncomplete(ILogger logger, string nodes, string requestId);

    [LoggerMessage(10, LogLevel.Error, "{Sentence}", EventName = "DamagedPolicy")]
    public static partial void DamagedPolicy(ILogger logger, string sentence);

    [LoggerMessage(8, LogLevel.Warning, "First start: account {Account} and its administrator were made; the access key is in {File}", EventName = "FirstStart")]
    public static partial void FirstStart(ILogger logger, string account, string file);

    /// <summary>What the caller is not told of: it would tell what is on the network. At most once a second and issuer.</summary>
    [LoggerMessage(11, LogLevel.Warning, "The keys of {Issuer} could not be fetched ({Fault}): {Detail}", EventName = "IssuerFailed")]
    public static partial void IssuerFailed(ILogger logger, string issuer, FetchFault fault, string detail);

    /// <inheritdoc cref="IssuerFailed"/>
    [LoggerMessage(12, LogLevel.Warning, "The directory of {Provider} could not be asked ({Fault}): {Detail}", EventName = "DirectoryFailed")]
    public static partial void DirectoryFailed(ILogger logger, string provider, FetchFault fault, string detail);
}
