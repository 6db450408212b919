using Daypass.Policies;
using Daypass.Policies.Comparing;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>
/// What a policy check answers. Beside what AWS has: the request that shows the access, which AWS's clients do not look at.
/// </summary>
internal sealed record CheckResponse(Comparison Comparison, string Passed, string Failed) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("result", Comparison.Passes ? "PASS" : "FAIL");
        writer.Text("message", Comparison.Passes ? Passed : Failed);
        writer.List("reasons", Comparison.Reasons.Select(reason => new ReasonShape(reason)));
        writer.Structure("counterExample", Comparison.CounterExample is { } request ? new RequestShape(request) : null);
    }

    private sealed record ReasonShape(ComparisonReason Reason) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("description", Reason.Description);
            writer.Number("statementIndex", Reason.StatementIndex < 0 ? null : Reason.StatementIndex);
            writer.Text("statementId", Reason.StatementId);
        }
    }

    private sealed record RequestShape(AccessRequest Request) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("principal", Request.Principal.Arn);
            writer.Text("action", Request.Action);
            writer.Text("resource", Request.Resource);
            writer.List("context", Request.Context.All.Select(entry => new KeyShape(entry.Key, entry.Value.Values)));
        }
    }

    private sealed record KeyShape(string Key, IReadOnlyList<string> Values) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("key", Key);
            writer.TextList("values", Values);
        }
    }
}
