using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Account;

/// <summary>Gives the account a readable name, in place of the one it has: an account has at most one.</summary>
internal sealed class CreateAccountAlias : ApiAction<CreateAccountAlias.Request, Nothing>
{
    internal sealed record Request(string AccountAlias);

    public override Request Read(Parameters wire) => new(AccountAlias.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:CreateAccountAlias", "*", scene.Caller.Account));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        if (AccountAlias.LooksLikeAccount(request.AccountAlias))
            throw Errors.InvalidInput($"The account alias {request.AccountAlias} looks like the number of an account. Choose one that is not twelve digits.");
        var settings = scene.Home.Settings!;
        if (settings.Alias == request.AccountAlias)
            throw Errors.EntityAlreadyExists($"The account alias {request.AccountAlias} already exists.");
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.Settings, settings with { Alias = request.AccountAlias }));
    }
}
