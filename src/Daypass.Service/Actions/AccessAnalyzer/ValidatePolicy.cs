using System.Globalization;
using Daypass.Policies.Validation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>Looks a policy over without storing it: what does not work, what is unwise and what is superfluous, each with its place.</summary>
internal sealed class ValidatePolicy : ApiAction<ValidatePolicy.Request, ValidatePolicy.Response>
{
    private const int DefaultPageSize = 100;
    private const int MaxPageSize = 1000;

    internal sealed record Request(string Document, string TypeWord, string? ResourceType, int PageSize, string? NextToken)
    {
        /// <summary>What a page's token is bound to.</summary>
        public string Sought => $"{TypeWord} {ResourceType} {Document}";
    }

    internal sealed record Response(IEnumerable<PolicyFinding> Findings, string? NextToken) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("findings", Findings.Select(finding => new FindingShape(finding)));
            writer.Text("nextToken", NextToken);
        }
    }

    public override bool IsHeavy => true;

    public override RestRoute Route { get; } = new("POST", "/policy/validation", "maxResults", "nextToken");

    // Not sensitive, and nothing came of it: the trail is not the place for 100 KB of drafts a call.
    public override IReadOnlyList<string> SecretParameters => ["policyDocument"];

    public override Request Read(Parameters wire)
    {
        // Every language of the model is taken, and the answer is in English.
        wire.Word("locale", "DE", "EN", "ES", "FR", "IT", "JA", "KO", "PT_BR", "ZH_CN", "ZH_TW");
        return new Request(
            AnalyzerInput.Document(wire, "policyDocument"),
            AnalyzerInput.ValidatedType(wire),
            AnalyzerInput.ValidatedResource(wire),
            wire.Number("maxResults", 1, MaxPageSize) ?? DefaultPageSize,
            wire.Raw("nextToken"));
    }

    public override Question Ask(Request request, Scene scene) => AnalyzerInput.Permission(this, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var all = PolicyValidator.Validate(request.Document, AnalyzerInput.TypeOf(request.TypeWord), new PolicyValidationOptions { ResourceType = request.ResourceType });
        var start = StartOf(request, all.Count);
        var end = Math.Min(start + request.PageSize, all.Count);
        var next = end < all.Count ? PageToken.Make(end.ToString(CultureInfo.InvariantCulture), request.Sought) : null;
        return new Outcome<Response>(new Response(all.Skip(start).Take(end - start), next));
    }

    // The same text has the same findings in the same order, so a place among them is all that a page needs to know.
    private static int StartOf(Request request, int count)
    {
        if (request.NextToken is null)
            return 0;
        return PageToken.CursorOf(request.NextToken, request.Sought) is { } cursor
            && int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start > 0 && start < count
                ? start
                : throw Errors.Validation(Violation.Of("nextToken", $"'{Errors.Shorten(request.NextToken)}'", "Member must be a token that was returned for the same policy"));
    }
}
