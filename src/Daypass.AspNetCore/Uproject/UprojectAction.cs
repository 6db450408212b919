namespace Daypass.AspNetCore.Uproject;

/// <summary>One action of an API.</summary>
internal sealed class UprojectAction(string permission, IEnumerable<string> parameters, Func<UprojectCall, string> resource, Func<UprojectCall, Task<object?>> handler)
{
    // What clients put into every call from their settings, whether the action has a use for it or not.
    private static readonly string[] Common = ["Region", "Zone", "ProjectId"];
    private readonly HashSet<string> _parameters = new([.. parameters, .. Common], StringComparer.Ordinal);

    public string Permission => permission;

    public Func<UprojectCall, string> Resource => resource;

    public Func<UprojectCall, Task<object?>> Handler => handler;

    /// <exception cref="UprojectException">The call has a parameter that the action has not.</exception>
    public void RefuseUnknown(UprojectCall call)
    {
        foreach (var name in call.Names)
        {
            if (!_parameters.Contains(name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? name[..dot] : name))
                throw UprojectException.NotValid(name, "the action has no such parameter");
        }
    }
}
