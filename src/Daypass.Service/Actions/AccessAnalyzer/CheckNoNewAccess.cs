using Daypass.Policies.Comparing;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>Whether a policy allows nothing that another one does not.</summary>
internal sealed class CheckNoNewAccess : ApiAction<CheckNoNewAccess.Request, CheckResponse>
{
    internal sealed record Request(string Updated, string Existing, string TypeWord);

    public override bool IsHeavy => true;

    public override RestRoute Route { get; } = new("POST", "/policy/check-no-new-access");

    // The model calls these texts sensitive.
    public override IReadOnlyList<string> SecretParameters => ["newPolicyDocument", "existingPolicyDocument"];

    public override Request Read(Parameters wire) => new(
        AnalyzerInput.Document(wire, "newPolicyDocument"), AnalyzerInput.Document(wire, "existingPolicyDocument"), AnalyzerInput.CheckedType(wire));

    public override Question Ask(Request request, Scene scene) => AnalyzerInput.Permission(this, scene);

    public override Outcome<CheckResponse> Run(Request request, Scene scene)
    {
        var updated = CheckedDocuments.Parse("newPolicyDocument", request.Updated, request.TypeWord);
        var existing = CheckedDocuments.Parse("existingPolicyDocument", request.Existing, request.TypeWord);
        return new Outcome<CheckResponse>(new CheckResponse(
            PolicyComparer.CheckNoNewAccess(updated, existing),
            "The new policy allows nothing that the existing policy does not allow.",
            "The new policy may allow what the existing policy does not allow."));
    }
}
