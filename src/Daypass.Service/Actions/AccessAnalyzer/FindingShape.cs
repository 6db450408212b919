using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>A finding as the API shows it.</summary>
internal sealed record FindingShape(PolicyFinding Finding) : IShape
{
    /// <summary>Where the findings are explained: in Daypass's own documentation, wherever its copy of it is.</summary>
    private const string Reference = "docs/reference/policy-checks.md#";

    /// <summary>Where a finding is explained.</summary>
    public static string LinkOf(PolicyFinding finding) => Reference + finding.IssueCode.ToLowerInvariant();

    public void Write(ShapeWriter writer)
    {
        writer.Text("findingDetails", Finding.Details);
        writer.Text("findingType", FindingWords.Of(Finding.Type));
        writer.Text("issueCode", Finding.IssueCode);
        writer.Text("learnMoreLink", LinkOf(Finding));
        writer.List("locations", Finding.Locations.Select(location => new LocationShape(location)));
    }

    private sealed record LocationShape(FindingLocation Location) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("path", Location.Path.Select(element => new ElementShape(element)));
            writer.Structure("span", new SpanShape(Location));
        }
    }

    /// <summary>A union: one of its members is there.</summary>
    private sealed record ElementShape(PathElement Element) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("index", Element.Index);
            writer.Text("key", Element.Key);
            writer.Structure("substring", Element.Substring is var (start, length) ? new SubstringShape(start, length) : null);
            writer.Text("value", Element.Value);
        }
    }

    private sealed record SubstringShape(int Start, int Length) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("start", Start);
            writer.Number("length", Length);
        }
    }

    private sealed record SpanShape(FindingLocation Location) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Structure("start", new PositionShape(Location.Start));
            writer.Structure("end", new PositionShape(Location.End));
        }
    }

    /// <summary>AWS counts lines from 1, and columns from 0 as it does offsets.</summary>
    private sealed record PositionShape(TextPosition Position) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("line", Position.Line);
            writer.Number("column", Position.Column - 1);
            writer.Number("offset", Position.Offset);
        }
    }
}
