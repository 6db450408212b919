using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Account;

/// <summary>The account's readable name, as a list of at most one.</summary>
internal sealed class ListAccountAliases : ApiAction<ListAccountAliases.Request, NameListResponse>
{
    internal sealed record Request(Paging Paging);

    public override Request Read(Parameters wire) => new(Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:ListAccountAliases", "*", scene.Caller.Account));

    public override Outcome<NameListResponse> Run(Request request, Scene scene)
    {
        IEnumerable<string> aliases = scene.Home.Settings?.Alias is { } alias ? [alias] : [];
        return new Outcome<NameListResponse>(new NameListResponse("AccountAliases", request.Paging.Of(aliases, alias => alias)));
    }
}
