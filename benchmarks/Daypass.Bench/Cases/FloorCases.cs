using System.Globalization;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>What everything else is compared with: the same requests to a host that computes nothing.</summary>
internal static class FloorCases
{
    public const string Floor = "floor: bare Kestrel, 1 KB";
    public const string Durable = "floor + group fdatasync";
    private const string Project = "benchmarks/Daypass.Bench.Floor";

    public static ServerProcess Start() =>
        ServerProcess.Start(Project, port => [Number(port)]).WaitUntilListening();

    /// <param name="file">The file that takes the bytes.</param>
    /// <param name="eventBytes">How many make one event.</param>
    public static ServerProcess StartDurable(string file, int eventBytes) =>
        ServerProcess.Start(Project, port => [Number(port), file, Number(eventBytes)]).WaitUntilListening();

    public static LoadCase Of(string name, ServerProcess server, Population population) =>
        new(name, server, (first, count) => StsCases.Assume(server.Address, population, first, count));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
