using System.Buffers;
using Daypass.Signing;

namespace Daypass.AspNetCore.Uproject;

/// <summary>One action of an API.</summary>
internal sealed class UprojectAction(string permission, IEnumerable<string> parameters, Func<UprojectCall, string> resource, Func<UprojectCall, Task<object?>> handler)
{
    private static readonly SearchValues<char> OneField = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    private readonly HashSet<string> _parameters = new([.. parameters, .. UprojectVocabulary.Common], StringComparer.Ordinal);

    public string Permission => permission;

    public Func<UprojectCall, string> Resource => resource;

    public Func<UprojectCall, Task<object?>> Handler => handler;

    /// <exception cref="UprojectException">The call has a parameter that the action has not, or one of every call that can be none, or what was signed can be read as another call of it.</exception>
    public void RefuseForeign(UprojectCall call)
    {
        foreach (var name in call.Names)
        {
            if (!_parameters.Contains(UprojectActionVocabulary.Root(name)))
                throw UprojectException.NotValid(name, "the action has no such parameter");
        }
        // What every call may have is read before the handler is, so no list may hide it (a project would be the default one); and services put it into
        // URNs, where a colon would move what stands behind it, up to the company whose the resource is.
        foreach (var name in UprojectVocabulary.Common)
        {
            if (call[name].AsSpan().ContainsAnyExcept(OneField))
                throw UprojectException.NotValid(name, "letters, digits, hyphens, underscores and dots");
        }
        if (call.Signed is null)
            return;
        if (UprojectActionVocabulary.FindGap(call.Names) is { } list)
            throw UprojectException.NotValid(list, "the numbers of a list's members must follow each other");
        if (UprojectReadings.FindOther(call.Signed, new UprojectActionVocabulary(_parameters, call.Signed)) is { } hiding)
            throw UprojectException.NotValid(hiding, "its value holds the name of another parameter, so that its signature stands for another call, too");
    }
}
