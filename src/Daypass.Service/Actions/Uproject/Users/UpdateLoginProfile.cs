using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>Changes the settings of a user's login, and its mail address. What is not passed stays.</summary>
internal sealed class UpdateLoginProfile : ApiAction<UpdateLoginProfile.Request, LoginProfileView>
{
    internal sealed record Request(string UserName, string? Email, LoginSettings Settings);

    public override IReadOnlyList<string> SecretParameters => LoginSettings.Secrets;

    public override Request Read(Parameters wire) => new(
        UprojectKinds.User.ReadName(wire),
        wire.Text("UserEmail", UprojectRules.Email),
        LoginSettings.Read(wire, UprojectRules.ReadActive(wire, "Status")));

    // To let somebody log in who could not, or no more, is a power of its own, as it is where users are made and deleted.
    public override Question Ask(Request request, Scene scene)
    {
        var update = UprojectKinds.User.Ask(scene, Name, request.UserName);
        var isActive = scene.Home.FindUser(request.UserName)?.Login?.IsActive is true;
        return request.Settings.IsActive is not { } active || active == isActive
            ? Question.Of(update)
            : new Question([update, update with { Action = active ? "iam:CreateLoginProfile" : "iam:DeleteLoginProfile" }]);
    }

    public override Outcome<LoginProfileView> Run(Request request, Scene scene)
    {
        var user = UprojectKinds.User.Require(scene, request.UserName);
        var updated = user with { Email = request.Email ?? user.Email, Login = request.Settings.On(user.Login) };
        return new Outcome<LoginProfileView>(new LoginProfileView(updated.Login), scene.Change().Put(DocumentKinds.User, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.User.Resource(scene, request.UserName)];
}
