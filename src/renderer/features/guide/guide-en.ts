import type { GuideWords } from './guide-words.ts'

export const en: GuideWords = {
  remedy: 'What to do: ',
  topics: {
    'look-up': {
      title: 'Look up a number',
      paragraphs: [
        'Paste the number into the field and press Enter. Full-width digits, hyphens, brackets, +81 and numbers in the middle of a mail are read.',
        'Where there is more than one number, or a digit is missing, you are asked under the field. Nothing is looked up before you choose.',
        'One act is one query. Where the pause between queries or the hour’s number is reached, the line under the field says when it goes on.',
        'A number that was looked up within the last minute is answered from what is stored. Use “Look up again” for the newest figures.',
        'Esc cancels the lookup you are waiting for. The previous result stays on the screen.',
      ],
    },
    figures: {
      title: 'Read the figures',
      paragraphs: [
        '“Today” is the day’s traffic as the carrier answered it. When it answered stands above the result.',
        'The chart shows the recent days, with their average and the operator’s limit as lines. The hatched bar is today, which is not over.',
        '“Blacklisted” means that the carrier has the line on its blacklist. “Since” is known only from lookups made on this computer.',
        'The change shown on a saved line is measured from the previous answer stored on this computer. A stored result shows its date.',
      ],
    },
    ticket: {
      title: 'Paste it into the ticket',
      paragraphs: [
        '“Copy for the ticket” copies the text in the format that is chosen above the ticket.',
        '“Copy what to say” copies the sentences for the customer, for the telephone or for a mail.',
        'The pencil opens the templates. Those that your administrator gave can’t be changed.',
        'A lookup whose ticket was copied has a mark in today’s list.',
      ],
    },
    'saved-lines': {
      title: 'Save a line',
      paragraphs: [
        'The ☆ of a result saves the line with a name and a note. A saved line shows its last answer without a network, too.',
        'The list is searched by name, note and number. Lines come in from CSV and go out to it. An import looks nothing up.',
        '“Delete this customer’s data” in the history deletes its lookups and what was saved, from the backups too.',
      ],
    },
    failures: {
      title: 'When it fails',
      paragraphs: [
        'A card says what happened, why, and the one thing to do next. The number you typed and the result from before stay.',
        'Where the network, a proxy or a certificate may be the reason, “Diagnose” looks at the way to the carrier. Copy what it found, and the information for support, for your administrator.',
      ],
    },
    settings: {
      title: 'Change the settings',
      paragraphs: [
        'A setting is saved when you leave its field. Host, key, proxy, certificates and team server wait for the Save button.',
        'A field that says “Set by your administrator” can’t be changed here. Ask your administrator if you need to.',
        'A saved key is never shown. Typing a new one replaces it.',
      ],
    },
    setup: {
      title: 'Set this computer up',
      paragraphs: [
        'If you have a .tdsetup file from your administrator, double-click it and type the passphrase you were told separately. It sets up the profile and the key.',
        'Without a file, enter the host and the key. If you also enter a test number, it is looked up once to see whether everything works.',
        'The demo lets you try everything with made-up lines. Nothing leaves this computer.',
      ],
    },
    commands: {
      title: 'Commands and keys',
      paragraphs: ['The command palette finds each of them by its name.'],
    },
  },
  commands: {
    'focus-lookup': 'Puts the cursor into the field, and selects what is in it.',
    'look-up-again': 'Asks about the number on the screen anew, whatever is stored.',
    'go-back': 'Shows the result before. Nothing is looked up.',
    'go-forward': 'Shows the next result. Nothing is looked up.',
    'copy-ticket': 'Copies the ticket’s text.',
    'copy-sentence': 'Copies what to say to the customer.',
    'copy-chart': 'Copies the chart as a picture.',
    'copy-with-chart': 'Copies text and chart in a form that mails take.',
    star: 'Saves the line on the screen; once more, and it is not saved any more.',
    'find-line': 'Goes to the search of the saved lines.',
    'add-line': 'Saves a line without looking it up.',
    'import-lines': 'Takes lines in from CSV, and shows first what would come.',
    'export-lines': 'Writes the saved lines to CSV.',
    'export-history': 'Writes the lookups of the number on the screen to a file.',
    'export-shift': 'Writes your own lookups of today to a file, with masked numbers.',
    'edit-templates': 'Opens the ticket templates.',
    'add-profile': 'Adds a profile for another carrier.',
    'open-setup': 'Opens a setup file from your administrator.',
    'make-setup': 'Makes a sealed file that sets other computers up.',
    'open-settings': 'Opens connection, keys, display and data.',
    palette: 'Finds commands, saved lines and profiles by name.',
    'hide-numbers': 'Masks the numbers on the screen; once more, and they are shown.',
    'toggle-list': 'Shows or hides the lists on the left.',
    'toggle-theme': 'Switches between light and dark.',
    'toggle-ticket': 'Shows or hides the ticket on the right.',
    guide: 'Opens this guide.',
    diagnose: 'Looks at the way to the carrier, and makes information for support.',
    shortcuts: 'Shows every key.',
  },
}
