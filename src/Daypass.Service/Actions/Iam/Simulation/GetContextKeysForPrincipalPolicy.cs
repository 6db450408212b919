using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>The condition keys that the policies of a user (with its groups), group or role ask for, and further ones given as text.</summary>
internal sealed class GetContextKeysForPrincipalPolicy : ApiAction<GetContextKeysForPrincipalPolicy.Request, ContextKeysResponse>
{
    internal sealed record Request(string SourceArn, IReadOnlyList<string> Policies);

    public override Request Read(Parameters wire) => new(wire.RequiredText("PolicySourceArn", TextRules.Arn), InputPolicies.Read(wire, "PolicyInputList"));

    public override Question Ask(Request request, Scene scene) => Question.Of(SourceEntity.Parse(request.SourceArn).Ask(scene, Name));

    public override Outcome<ContextKeysResponse> Run(Request request, Scene scene)
    {
        var own = SimulatedPolicies.Of(SourceEntity.Parse(request.SourceArn).Require(scene.Home), scene.Home);
        return ContextKeysResponse.Of([.. own.Identity, .. InputPolicies.Parse(request.Policies, "PolicyInputList")]);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SourceEntity.Parse(request.SourceArn).Resource];
}
