using Daypass.Service.Pipeline;
using Daypass.Trails;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>The account's one trail in short.</summary>
internal sealed class ListTrails : ApiAction<ListTrails.Request, ListTrails.Response>
{
    internal sealed record Request;

    internal sealed record Response(TrailPlace Trail) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("Trails", [new Summary(Trail)]);
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("cloudtrail:ListTrails", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(TrailRules.Own(scene)));

    private sealed record Summary(TrailPlace Trail) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("TrailARN", Trail.Arn);
            writer.Text("Name", Trail.Trail);
            writer.Text("HomeRegion", Trail.Region);
        }
    }
}
