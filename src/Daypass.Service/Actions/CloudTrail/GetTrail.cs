using Daypass.Service.Pipeline;
using Daypass.Trails;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>The account's trail by its name or ARN.</summary>
internal sealed class GetTrail : ApiAction<GetTrail.Request, GetTrail.Response>
{
    internal sealed record Request(string Name);

    internal sealed record Response(TrailPlace Trail) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Trail", new TrailShape(Trail));
    }

    public override Request Read(Parameters wire) => new(TrailRules.RequireName(wire));

    public override Question Ask(Request request, Scene scene) => TrailRules.Ask("GetTrail", scene);

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(TrailRules.Require(scene, request.Name)));
}
