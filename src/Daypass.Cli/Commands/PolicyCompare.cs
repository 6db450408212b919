using Daypass.Cli.Arguments;
using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass policy compare NEW OLD</c>: whether a policy allows anything that another does not, with an example.</summary>
internal sealed class PolicyCompare(Host host)
{
    public async Task<int> RunAsync(CommandLine line, string updatedPath, string existingPath, CancellationToken cancellationToken)
    {
        var updated = await PolicyFile.ParseAsync(host, line, updatedPath, cancellationToken);
        var existing = await PolicyFile.ParseAsync(host, line, existingPath, cancellationToken);
        var comparison = PolicyComparer.CheckNoNewAccess(updated, existing);
        if (comparison.Passes)
        {
            host.WriteLine($"PASS: {updatedPath} allows nothing that {existingPath} does not.");
            return ExitCodes.Success;
        }
        host.WriteLine($"FAIL: {updatedPath} may allow what {existingPath} does not.");
        foreach (var reason in comparison.Reasons)
            host.WriteLine($"  {Place(updated, updatedPath, reason)}{reason.Description}");
        if (comparison.CounterExample is { } request)
            WriteExample(request);
        return ExitCodes.Failure;
    }

    private static string Place(PolicyDocument policy, string path, ComparisonReason reason) =>
        reason.StatementIndex < 0 ? "" : $"{path}:{policy.Statements[reason.StatementIndex].Position.Line}: ";

    private void WriteExample(AccessRequest request)
    {
        host.WriteLine("For example this request is allowed by the new policy and not by the old one:");
        host.WriteLine($"  {request.Principal.Arn}");
        host.WriteLine($"  may {request.Action} on {request.Resource}");
        foreach (var (key, value) in request.Context.All)
            host.WriteLine($"  with {key} = {Words(value)}");
    }

    private static string Words(ContextValue value) =>
        value.Single is { } single ? $"\"{single}\"" : $"[{string.Join(", ", value.Values.Select(each => $"\"{each}\""))}]";
}
