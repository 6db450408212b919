using Daypass.Policies;
using Daypass.Policies.Comparing;
using Daypass.Policies.Validation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>Whether the policy of a resource lets in nobody but those it names.</summary>
internal sealed class CheckNoPublicAccess : ApiAction<CheckNoPublicAccess.Request, CheckResponse>
{
    internal sealed record Request(string Document, string ResourceType);

    public override bool IsHeavy => true;

    public override RestRoute Route { get; } = new("POST", "/policy/check-no-public-access");

    // The model calls these texts sensitive.
    public override IReadOnlyList<string> SecretParameters => ["policyDocument"];

    public override Request Read(Parameters wire) => new(
        AnalyzerInput.Document(wire, "policyDocument"), AnalyzerInput.CheckedResource(wire));

    public override Question Ask(Request request, Scene scene) => AnalyzerInput.Permission(this, scene);

    public override Outcome<CheckResponse> Run(Request request, Scene scene)
    {
        var type = request.ResourceType == PolicyValidationOptions.TrustPolicyResourceType ? PolicyType.Trust : PolicyType.Resource;
        return new Outcome<CheckResponse>(new CheckResponse(
            PolicyComparer.CheckNoPublicAccess(CheckedDocuments.Parse("policyDocument", request.Document, type)),
            "The policy lets in nobody but those it names.",
            "The policy may let in anybody."));
    }
}
