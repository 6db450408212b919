using Daypass.Names;
using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Actions.AccessAnalyzer;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation;

/// <summary>
/// The roles whose trust policies let in more than is wise: those of identity providers that everybody has an account with, above all. They are refused when they
/// are written; these were there before, came with a backup, or are open in a way that is allowed.
/// </summary>
internal sealed class ListTrustFindings : ApiAction<ListTrustFindings.Request, ListTrustFindings.Response>
{
    /// <summary>How many roles a page looks at, whether it has anything to say of them or not.</summary>
    private const int MostLookedAt = 1000;

    internal sealed record Request(string Prefix, Paging Paging);

    /// <param name="Account">Whose roles they are.</param>
    /// <param name="Page">Those with findings, among the next ones in the order of their names.</param>
    internal sealed record Response(AccountId Account, Page<Row> Page) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Roles", Page.Items.Select(row => new RowShape(Account, row)));
            Page.Write(writer);
        }
    }

    internal sealed record Row(Role Role, IReadOnlyList<PolicyFinding> Findings);

    public override bool IsReadOnly => true;

    public override bool IsOfIam => true;

    public override bool IsHeavy => true;

    public override Request Read(Parameters wire) => new(PathPrefix.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:ListTrustFindings", Arn.Iam(scene.Home.Account, "role" + request.Prefix).ToString(), scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var found = new List<Row>();
        string? last = null;
        var looked = 0;
        foreach (var role in scene.Home.Documents.All(DocumentKinds.Role, request.Paging.Marker))
        {
            // What a page costs hangs on how many it looks at; whoever has more roles asks for the next page, even if there is nothing on this one.
            if (found.Count == request.Paging.MaxItems || looked == MostLookedAt)
                return new Outcome<Response>(new Response(scene.Home.Account, new Page<Row>(found, last)));
            (last, looked) = (DocumentKinds.Fold(role.Name), looked + 1);
            if (PathPrefix.HasPath(request.Prefix, role.Path) && FindingsOf(role) is { Count: > 0 } findings)
                found.Add(new Row(role, findings));
        }
        return new Outcome<Response>(new Response(scene.Home.Account, new Page<Row>(found, null)));
    }

    private static List<PolicyFinding> FindingsOf(Role role)
    {
        var options = new PolicyValidationOptions { Syntax = PolicySyntax.FromMark(role.Trust.Syntax) ?? PolicySyntax.Aws };
        return [.. PolicyValidator.Validate(role.Trust.Document, PolicyType.Trust, options).Where(finding => finding.Type is FindingType.Error or FindingType.SecurityWarning)];
    }

    private sealed record RowShape(AccountId Account, Row Row) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("RoleName", Row.Role.Name);
            writer.Text("Arn", Row.Role.ArnIn(Account).ToString());
            writer.List("Findings", Row.Findings.Select(finding => new FoundShape(finding)));
        }
    }

    private sealed record FoundShape(PolicyFinding Finding) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Type", FindingWords.Of(Finding.Type));
            writer.Text("IssueCode", Finding.IssueCode);
            writer.Text("Details", Finding.Details);
            writer.Number("Line", Finding.Locations[0].Start.Line);
            writer.Number("Column", Finding.Locations[0].Start.Column);
            writer.Text("LearnMoreLink", FindingShape.LinkOf(Finding));
        }
    }
}
