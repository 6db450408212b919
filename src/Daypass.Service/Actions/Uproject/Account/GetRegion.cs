using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Account;

/// <summary>
/// The regions that there are: where services are registered, and the one in which Daypass itself stands. This cloud's command line asks
/// for them before anything else. There are no zones here; each region is its own.
/// </summary>
internal sealed class GetRegion : ApiAction<NoRequest, GetRegion.Response>
{
    internal sealed record Response(IReadOnlyList<string> Regions) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("Regions", Regions.Select((name, index) => new Region(name, index)));
    }

    private sealed record Region(string Name, int Index) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("RegionId", Index + 1);
            writer.Text("RegionName", Name);
            writer.Text("Region", Name);
            writer.Text("Zone", Name);
            writer.Flag("IsDefault", Index == 0);
            writer.Text("BitMaps", "");
        }
    }

    public override NoRequest Read(Parameters wire) => NoRequest.Instance;

    public override Question Ask(NoRequest request, Scene scene) => Question.None;

    public override Outcome<Response> Run(NoRequest request, Scene scene) => new(new Response(
    [
        Regions.Default,
        .. scene.Installation.Documents.All(DocumentKinds.ProtectedService).Select(service => service.Region).Where(region => region != Regions.Default).Distinct().Order(StringComparer.Ordinal),
    ]));
}
