using System.Globalization;

namespace Daypass.Server.Setup;

/// <summary>What people call a node: machine, port and process.</summary>
internal static class NodeName
{
    public static string Of(IEnumerable<Uri> addresses) =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{addresses.First().Port}/{Environment.ProcessId}");
}
