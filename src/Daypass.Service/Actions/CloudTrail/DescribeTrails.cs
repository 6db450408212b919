using Daypass.Service.Pipeline;
using Daypass.Trails;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>The account's trail, or as much of it as the list of names asks for.</summary>
internal sealed class DescribeTrails : ApiAction<DescribeTrails.Request, DescribeTrails.Response>
{
    internal sealed record Request(IReadOnlyList<string> Names);

    internal sealed record Response(IReadOnlyList<TrailPlace> Trails) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("trailList", Trails.Select(trail => new TrailShape(trail)));
    }

    public override Request Read(Parameters wire) => new(wire.Texts("trailNameList", TextRules.Unlimited));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("cloudtrail:DescribeTrails", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var own = TrailRules.Own(scene);
        return new Outcome<Response>(new Response(request.Names.Count == 0 || request.Names.Any(name => TrailRules.Means(own, name)) ? [own] : []));
    }
}
