using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>What a caller knows after a call.</summary>
internal enum Fate
{
    /// <summary>It was done: 200.</summary>
    Done,

    /// <summary>It was refused for a reason that is the caller's to know: a definite no.</summary>
    Refused,

    /// <summary>503, or no answer: it was done or not.</summary>
    Unknown,

    /// <summary>Nobody listened: it was certainly not done.</summary>
    NotSent,
}

/// <summary>A call's answer, whatever became of it.</summary>
internal sealed record Answer(Fate Fate, ApiReply? Reply, TimeSpan Took)
{
    public string RequestId => Reply!.Headers["x-amzn-RequestId"];

    public string Code => Reply is null ? Fate.ToString() : Fate == Fate.Done ? "OK" : Reply.ErrorCode;

    public bool HasRetryHint => Reply is { Status: HttpStatusCode.ServiceUnavailable } && Reply.Headers.ContainsKey("Retry-After");

    public static async Task<Answer> OfAsync(Task<ApiReply> call)
    {
        var begin = Stopwatch.GetTimestamp();
        try
        {
            var reply = await call;
            return new Answer(FateOf(reply), reply, Stopwatch.GetElapsedTime(begin));
        }
        catch (HttpRequestException failure)
        {
            var refused = failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            return new Answer(refused ? Fate.NotSent : Fate.Unknown, null, Stopwatch.GetElapsedTime(begin));
        }
        catch (Exception failure) when (failure is TaskCanceledException or IOException)
        {
            return new Answer(Fate.Unknown, null, Stopwatch.GetElapsedTime(begin));
        }
    }

    public override string ToString() => Reply is null ? $"{Fate} after {Took.TotalMilliseconds:0} ms" : $"{(int)Reply.Status} {Code} after {Took.TotalMilliseconds:0} ms: {Reply.Body}";

    private static Fate FateOf(ApiReply reply)
    {
        // Our own failures are neither done nor refused: no test may take them for an answer.
        Assert.False(reply.Status == HttpStatusCode.InternalServerError, reply.Body);
        return reply.Status switch
        {
            HttpStatusCode.OK => Fate.Done,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => Fate.Unknown,
            _ => Fate.Refused,
        };
    }
}
