namespace Daypass.Service.Pipeline;

/// <summary>
/// Which names a call of the uproject dialect may carry. Nothing delimits names from values in what its clients sign, so whoever has read a
/// request could cut it up in another way, if a name that nobody knows were passed over: a session policy would be gone as
/// <c>P=olicy{...}</c>. See docs/decisions/0043.
/// </summary>
internal static class UprojectNames
{
    /// <summary>Refuses a parameter that the action has not read, on calls that change or issue something.</summary>
    /// <exception cref="ApiException">ValidationError.</exception>
    public static void RefuseUnknown(ApiAction action, Parameters parameters)
    {
        if (action.Service.Dialect != UprojectCatalog.Dialect || (!action.Writes && !action.RecordsResponse))
            return;
        foreach (var name in parameters.ListUnread())
        {
            if (!IsCommon(name))
                throw Errors.BadParameter(name, $"The action {action.Name} has no parameter {Errors.Shorten(name)}.");
        }
    }

    /// <summary>What clients put into every call from their settings, whether the action has a use for it or not.</summary>
    public static bool IsCommon(string name) => name is "Region" or "Zone" or "ProjectId";
}
