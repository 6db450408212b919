namespace Daypass.Signing;

/// <summary>One parameter as it was sent: its name, and the text that stands for its value in what is signed.</summary>
/// <param name="Name">As sent, dots and indexes included.</param>
/// <param name="Text">Of lists and objects, the texts of all that is in them.</param>
/// <param name="IsQuery">Whether it was in the query.</param>
/// <param name="Members">What a list or an object of a JSON body holds, under flat names; null for single values.</param>
internal readonly record struct UprojectPart(string Name, string Text, bool IsQuery, IReadOnlyList<KeyValuePair<string, string>>? Members = null)
{
    public void AddTo(List<KeyValuePair<string, string>> arguments)
    {
        if (Members is null)
            arguments.Add(KeyValuePair.Create(Name, Text));
        else
            arguments.AddRange(Members);
    }
}
