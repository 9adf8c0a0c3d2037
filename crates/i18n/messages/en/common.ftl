# Words that every page and command shares.
count-figures = { $count ->
    [one] { $count } figure
   *[other] { $count } figures
}
range-from-to = from { $low } to { $high }

bound-gt-value = over { $value }
bound-ge-value = at least { $value }
bound-lt-value = under { $value }
bound-le-value = at most { $value }
bound-approx-value = about { $value }

kind-actual = result
kind-estimate = estimate
kind-target = target
kind-request = request
kind-other = other

measure-level = level
measure-growth = growth
measure-change = change
measure-share = share

bound-eq = equal to
bound-gt = over
bound-ge = at least
bound-lt = under
bound-le = at most
bound-approx = about
bound-range = between

edition-estimate = estimate
edition-preliminary = preliminary
edition-official = official

direction-up = higher is better
direction-down = lower is better
direction-none = neither way is better

price-current = current prices
price-constant = constant { $year } prices

place-file = file “{ $value }”
place-page = page { $value }
place-sheet = sheet “{ $value }”
place-row = row { $value }
place-column = column “{ $value }”
place-cell = cell { $value }

diagnostic-other = Something could not be used (code { $code }). { $data }
