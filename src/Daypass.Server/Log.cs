namespace Daypass.Server;

/// <summary>Everything that the server logs. Never a secret, a token or a whole request.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Action} failed inside (request {RequestId})")]
    public static partial void RequestFailed(ILogger logger, string action, string requestId, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "The job {Job} failed and is started again")]
    public static partial void JobFailed(ILogger logger, string job, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "{Sentence}")]
    public static partial void Notice(ILogger logger, string sentence);
}
