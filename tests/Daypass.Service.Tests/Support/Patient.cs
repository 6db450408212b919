using System.Runtime.CompilerServices;

namespace Daypass.Service.Tests.Support;

/// <summary>
/// A store in memory always answers; what is slow is the machine. A pause of half a second, which tells a node that its store is away, is nothing
/// rare where every core runs tests.
/// </summary>
internal static class Patient
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a limit is where the store is not the question: limits become twenty times as long, short pauses stay.</summary>
    public static TimeSpan Wait(TimeSpan dueTime) => dueTime < Short ? dueTime : dueTime * 20;

    // Tests that compute keep the pool's threads busy, and the pool is slow to make more.
    [ModuleInitializer]
    internal static void MakeThreads() => ThreadPool.SetMinThreads(48, 48);
}
