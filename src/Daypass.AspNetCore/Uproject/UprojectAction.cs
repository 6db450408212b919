using Daypass.Signing;

namespace Daypass.AspNetCore.Uproject;

/// <summary>One action of an API.</summary>
internal sealed class UprojectAction(string permission, IEnumerable<string> parameters, Func<UprojectCall, string> resource, Func<UprojectCall, Task<object?>> handler)
{
    private readonly HashSet<string> _parameters = new([.. parameters, .. UprojectVocabulary.Common], StringComparer.Ordinal);

    public string Permission => permission;

    public Func<UprojectCall, string> Resource => resource;

    public Func<UprojectCall, Task<object?>> Handler => handler;

    /// <exception cref="UprojectException">The call has a parameter that the action has not, or what was signed can be read as another call of it.</exception>
    public void RefuseForeign(UprojectCall call)
    {
        foreach (var name in call.Names)
        {
            if (!_parameters.Contains(UprojectActionVocabulary.Root(name)))
                throw UprojectException.NotValid(name, "the action has no such parameter");
        }
        if (call.Signed is null)
            return;
        // What every call may have is read before the handler is: a project that is hidden in a list would be the default one.
        foreach (var name in call.Signed.Nested)
        {
            if (UprojectVocabulary.Common.Contains(name))
                throw UprojectException.NotValid(name, "one text, and no list or object");
        }
        if (UprojectActionVocabulary.FindGap(call.Names) is { } list)
            throw UprojectException.NotValid(list, "the numbers of a list's members must follow each other");
        if (UprojectReadings.FindOther(call.Signed, new UprojectActionVocabulary(_parameters, call.Signed)) is { } hiding)
            throw UprojectException.NotValid(hiding, "its value holds the name of another parameter, so that its signature stands for another call, too");
    }
}
