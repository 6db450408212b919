using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>Makes a managed policy. Asks for AWS's iam:CreatePolicy. The answer says its URN, which that cloud's leaves to be searched for.</summary>
internal sealed class CreateIAMPolicy : ApiAction<CreateIAMPolicy.Request, CreateIAMPolicy.Response>
{
    internal sealed record Request(string PolicyName, string Document, string? Description, string ScopeType, PolicySyntax Syntax);

    internal sealed record Response(string PolicyUrn) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("PolicyURN", PolicyUrn);
    }

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("PolicyName", TextRules.PolicyName),
        wire.PolicyDocument("Document", PolicyType.Identity, wire.Syntax),
        wire.Text("Description", UprojectRules.Description),
        // Both at once is for the system's policies.
        wire.Word("ScopeType", PolicyScopes.Required, PolicyScopes.Empty) ?? PolicyScopes.Required,
        wire.Syntax);

    public override Question Ask(Request request, Scene scene) => Question.Of(ResourceKeys.On(scene, "iam:CreatePolicy", ArnOf(request, scene), []));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var policy = NewPolicy.Of(request.PolicyName, "/", request.Document, request.Syntax, scene) with { Description = request.Description, ScopeType = request.ScopeType };
        return new Outcome<Response>(new Response(scene.UrnOf(ArnOf(request, scene))), scene.Change().Make(policy));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(ArnOf(request, scene).ToString())];

    private static Arn ArnOf(Request request, Scene scene) => Arn.Iam(scene.Home.Account, $"policy/{request.PolicyName}");
}
