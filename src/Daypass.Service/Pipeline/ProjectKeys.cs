using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The project of a request, which bindings of policies may be limited to. What protected services do belongs to a project: the one that the request
/// names, or else the default project of the caller's account. What this installation does itself (IAM, STS, ...) belongs to the account and to no
/// project, so a binding to one project grants nothing there, whatever project a caller says.
/// </summary>
internal static class ProjectKeys
{
    /// <summary>Whether an action such as <c>iam:CreateUser</c> is one of this installation's own.</summary>
    public static bool IsOfAccount(string action) => ActionCatalog.Services.Any(service =>
        action.Length > service.Name.Length && action[service.Name.Length] == ':' && action.StartsWith(service.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The keys of a request about an action, with the project that it means when it says none.</summary>
    public static RequestContext WithDefault(RequestContext context, string action, AccountId account)
    {
        if (IsOfAccount(action) || context.TryGet(PolicyDocument.ProjectKey, out _))
            return context;
        var with = new RequestContext(context);
        with.Set(PolicyDocument.ProjectKey, Project.DefaultOf(account));
        return with;
    }
}
