// A person with a browser (Chromium by playwright-core): node browser.mjs <what> <address>, as BROWSER of "daypass login". What goes wrong is in the file that
// BROWSER_LOG names, because nobody reads a browser's outputs. The browser is closed whatever happens.
import { renameSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [, , what, address] = process.argv;
const { BROWSER_ROLE: role, BROWSER_SHOTS: shots, BROWSER_LOG: log } = process.env;
const patience = 60_000;

const people = {
  // npm oidc-provider's own pages: who it is, and whether daypass may know.
  async oidc(page) {
    await page.fill("input[name=login]", "alice");
    await page.fill("input[name=password]", "EXAMPLE");
    await page.click("button[type=submit]");
    await page.waitForSelector("input[name=prompt][value=consent]", { state: "attached" });
    await page.click("button[type=submit]");
    await page.waitForSelector("text=Back to the terminal");
  },

  // No is an answer, too.
  async refusing(page) {
    await page.click("text=Cancel");
    await page.waitForSelector("text=Back to the terminal");
  },

  // SimpleSAMLphp's, then ours with the roles, by keyboard alone.
  async roles(page) {
    await signInAtSimpleSaml(page);
    await page.waitForSelector("h1:has-text('Choose a role')");
    await shoot(page);
    const button = page.locator("button", { hasText: role });
    for (let i = 0; i < 50 && !(await button.evaluate((element) => element === document.activeElement)); i++)
      await page.keyboard.press("Tab");
    if (!(await button.evaluate((element) => element === document.activeElement)))
      throw new Error("The keyboard does not get to the button.");
    await page.keyboard.press("Enter");
    await page.waitForSelector(process.env.BROWSER_END ?? "text=Back to the terminal");
    if (process.env.BROWSER_KEEP)
      writeFileSync(process.env.BROWSER_KEEP, await page.locator("pre").first().innerText());
  },

  // Another site has got hold of an answer, and makes the browser choose with it.
  async forged(page) {
    await signInAtSimpleSaml(page);
    await page.waitForSelector("h1:has-text('Choose a role')");
    const own = new URL(page.url()).origin;
    const [response, choice] = [await page.inputValue("input[name=SAMLResponse]"), await page.locator("button").first().getAttribute("value")];
    await page.route("http://localhost:1/", (route) => route.fulfill({ contentType: "text/html", body: `<form method="post" action="${own}/saml/session"><input name="SAMLResponse" value="${response}"><input name="role" value="${choice}"></form><script>document.forms[0].submit()</script>` }));
    await page.goto("http://localhost:1/");
    await page.waitForSelector("text=A role is chosen on the page that lists them");
  },

  // The role was named: it is all that there is to choose, and chosen it must be.
  async named(page) {
    await signInAtSimpleSaml(page);
    await page.waitForSelector("h1:has-text('Choose a role')");
    if ((await page.locator("button").count()) !== 1)
      throw new Error("There is more to choose from than what was named.");
    await page.locator("button").press("Enter");
    await page.waitForSelector("text=Back to the terminal");
  },

  // Roles of two accounts, each under its own name; one of the second is chosen.
  async accounts(page) {
    await signInAtSimpleSaml(page);
    await page.waitForSelector("h1:has-text('Choose a role')");
    await shoot(page);
    const [first, second] = process.env.BROWSER_ACCOUNTS.split(",");
    for (const account of [first, second]) {
      const section = page.locator("section", { has: page.locator("h2", { hasText: account }) });
      if ((await section.count()) !== 1 || (await section.locator("button", { hasText: role }).count()) !== 1)
        throw new Error(`Account ${account} is not there once with its role.`);
    }
    await page.locator("section", { has: page.locator("h2", { hasText: second }) }).locator("button", { hasText: role }).press("Enter");
    await page.waitForSelector("text=Back to the terminal");
  },

  // npm oidc-provider's pages for a code that another machine shows (RFC 8628).
  async device(page) {
    await typeCode(page);
    await page.fill("input[name=login]", "alice");
    await page.fill("input[name=password]", "EXAMPLE");
    await page.click("button[type=submit]");
    await page.waitForSelector("input[name=prompt][value=consent]", { state: "attached" });
    await page.click("button[type=submit]");
    await page.waitForSelector("text=Sign-in Success");
  },

  async refusingDevice(page) {
    await page.fill("input[name=user_code]", process.env.BROWSER_CODE);
    await page.click("button[type=submit]");
    await page.waitForSelector("button[value=yes][name=abort]");
    await page.click("button[value=yes][name=abort]");
    await page.waitForSelector("text=The Sign-in request was interrupted");
  },
};

async function typeCode(page) {
  await page.fill("input[name=user_code]", process.env.BROWSER_CODE);
  await page.click("button[type=submit]");
  await page.waitForSelector("text=Confirm Device");
  await page.click("button[type=submit]");
  await page.waitForSelector("input[name=login]");
}

async function signInAtSimpleSaml(page) {
  await page.fill("input[name=username]", "alice");
  await page.fill("input[name=password]", "EXAMPLE");
  await page.keyboard.press("Enter");
}

async function shoot(page) {
  if (!shots)
    return;
  for (const [name, width, height, colorScheme] of [["wide", 900, 700, "light"], ["narrow", 375, 700, "light"], ["dark", 900, 700, "dark"]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (scrolls)
      throw new Error(`The page is wider than ${width} pixels.`);
    await page.screenshot({ path: `${shots}/${name}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

let browser, page, outcome;
try {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  // The provider's authority is known to nobody.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 900, height: 700 } });
  page = await context.newPage();
  page.setDefaultTimeout(patience);
  const refused = [];
  page.on("console", (message) => message.type() === "error" && message.text().includes("Content Security Policy") && refused.push(message.text()));
  await page.goto(address, { timeout: patience });
  await people[what](page);
  if (refused.length > 0)
    throw new Error(refused.join("\n"));
  outcome = "went well";
} catch (failure) {
  outcome = `${failure.stack}\n${page?.url()}\n${await page?.content().catch(() => "")}`;
} finally {
  await browser?.close();
  writeFileSync(`${log}.new`, outcome);
  renameSync(`${log}.new`, log);
}
