using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Makes a customer managed policy with its first version, v1. Names are unique ignoring case, whatever the path.</summary>
internal sealed class CreatePolicy : ApiAction<CreatePolicy.Request, CreatePolicy.Response>
{
    internal sealed record Request(string PolicyName, string Path, string PolicyDocument, string? Description, IReadOnlyList<Tag> Tags);

    internal sealed record Response(PolicyShape Policy) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Policy", Policy);
    }

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("PolicyName", TextRules.PolicyName),
        wire.Text("Path", TextRules.PolicyPath) ?? "/",
        wire.PolicyDocument("PolicyDocument", PolicyType.Identity),
        wire.Text("Description", TextRules.Description),
        TagList.Read(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var arn = ArnOf(request, scene);
        var create = ResourceKeys.On(scene, "iam:CreatePolicy", arn, []).Passing(request.Tags);
        // Tagging is a power of its own: what policies allow may hang on tags.
        return request.Tags.Count == 0 ? Question.Of(create) : new Question([create, create with { Action = "iam:TagPolicy" }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var policy = NewPolicy.Of(request.PolicyName, request.Path, request.PolicyDocument, PolicySyntax.Aws, scene) with { Description = request.Description, Tags = request.Tags };
        return new Outcome<Response>(
            new Response(new PolicyShape(policy, ArnOf(request, scene).ToString(), 0, 0) { HasDescription = false }),
            scene.Change().Make(policy));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(ArnOf(request, scene).ToString())];

    private static Arn ArnOf(Request request, Scene scene) => Arn.Iam(scene.Home.Account, $"policy{request.Path}{request.PolicyName}");
}
