using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>The condition keys that policies given as text ask for.</summary>
internal sealed class GetContextKeysForCustomPolicy : ApiAction<IReadOnlyList<string>, ContextKeysResponse>
{
    public override IReadOnlyList<string> Read(Parameters wire) => InputPolicies.ReadRequired(wire, "PolicyInputList");

    public override Question Ask(IReadOnlyList<string> request, Scene scene) => Question.Of(new Permission("iam:" + Name, "*", scene.Caller.Account));

    public override Outcome<ContextKeysResponse> Run(IReadOnlyList<string> request, Scene scene) =>
        ContextKeysResponse.Of(InputPolicies.Parse(request, "PolicyInputList"));
}
