using System.Globalization;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>The paging of results, which come in the order of the request: a marker is how many came before.</summary>
internal sealed record SimulationPaging(string? Marker, int MaxItems)
{
    public static SimulationPaging Read(Parameters wire)
    {
        var paging = Iam.Paging.Read(wire);
        return new SimulationPaging(paging.Marker, paging.MaxItems);
    }

    /// <summary>How many results came on the pages before.</summary>
    /// <exception cref="ApiException">InvalidInput: the marker is none of ours.</exception>
    public int Start
    {
        get
        {
            if (Marker is null)
                return 0;
            return int.TryParse(Marker, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start > 0 ? start : throw Errors.InvalidInput("Invalid marker for pagination.");
        }
    }

    public static string MarkerAt(int next) => next.ToString(CultureInfo.InvariantCulture);
}
