using Daypass.Policies.Comparing;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>Whether a policy allows none of the listed actions on none of the listed resources.</summary>
internal sealed class CheckAccessNotGranted : ApiAction<CheckAccessNotGranted.Request, CheckResponse>
{
    internal sealed record Request(string Document, AccessPattern? Access, string TypeWord);

    public override bool IsHeavy => true;

    public override RestRoute Route { get; } = new("POST", "/policy/check-access-not-granted");

    // The model calls these texts sensitive.
    public override IReadOnlyList<string> SecretParameters => ["policyDocument"];

    public override Request Read(Parameters wire) => new(
        AnalyzerInput.Document(wire, "policyDocument"), CheckedDocuments.ReadAccess(wire), AnalyzerInput.CheckedType(wire));

    public override Question Ask(Request request, Scene scene) => AnalyzerInput.Permission(this, scene);

    public override Outcome<CheckResponse> Run(Request request, Scene scene)
    {
        var policy = CheckedDocuments.Parse("policyDocument", request.Document, request.TypeWord);
        return new Outcome<CheckResponse>(new CheckResponse(
            PolicyComparer.CheckAccessNotGranted(policy, [CheckedDocuments.Require(request.Access)]),
            "The policy allows none of the listed access.",
            "The policy may allow some of the listed access."));
    }
}
